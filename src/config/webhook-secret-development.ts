/**
 * Signs and verifies payment callbacks while nobody configured a secret: the sandbox's payment provider and the app's
 * webhook must agree without set-up on a developer's machine. It is public, so production refuses it.
 * Base64 of "development-only-do-not-use-in-production".
 */
export const DEVELOPMENT_WEBHOOK_SECRET = 'whsec_ZGV2ZWxvcG1lbnQtb25seS1kby1ub3QtdXNlLWluLXByb2R1Y3Rpb24=';
