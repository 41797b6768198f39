import { z } from 'zod';

/** Where a coordinator is to listen; what is not said stays as it is, or is chosen. */
export const listenWishSchema = z.object({
  /** The interface. */
  host: z.string().max(253).optional(),
  /** 0 for any that is free. */
  port: z.number().int().min(0).max(65_535).optional(),
  /** Under which other machines find this one, before those that it knows itself. */
  addresses: z.array(z.string().min(1).max(253)).max(8).optional(),
});
export type ListenWish = Readonly<z.infer<typeof listenWishSchema>>;
