/**
 * Makes and checks the tokens of orders while nobody configured a secret, so that a token survives a restart on a
 * developer's machine. It is public, so production refuses it.
 */
export const DEVELOPMENT_ORDER_TOKEN_SECRET = 'development-only-do-not-use-in-production';
