import { z } from 'zod';

export const addressSchema = z.object({
  name: z.string().min(1).max(200),
  street: z.string().min(1).max(200),
  postalCode: z.string().min(1).max(20),
  city: z.string().min(1).max(100),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
});
/** `GET /users/{userId}`; unknown 404. */
export const userSchema = z.object({
  id: z.string().min(1).max(100),
  email: z.email().max(320),
  address: addressSchema,
});
export type AddressDto = z.infer<typeof addressSchema>;
export type UserDto = z.infer<typeof userSchema>;
