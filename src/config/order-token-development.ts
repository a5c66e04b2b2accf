/**
 * Secret of the tokens of orders when none is configured. It is fixed, so a token survives a restart on a developer's
 * machine. It is public, so production refuses it.
 */
export const DEVELOPMENT_ORDER_TOKEN_SECRET = 'development-only-do-not-use-in-production';
