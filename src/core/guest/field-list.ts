import { customerFields } from '#field/customer'

const { email, firstName, lastName, phone, locale } = customerFields

/** The fields of a customer that a guest is made with. Its checkout has no place for others. */
export const guestFields = { email, firstName, lastName, phone, locale }
