import { fieldsWithPolicy } from '#db/field'
import { customerFields } from '#field/customer'

/** The fields of a customer that an attempt to register keeps until the inbox is proven: those that a storefront may send. */
export const attemptFields = {
  email: customerFields.email,
  ...fieldsWithPolicy(customerFields, { shopper: true }),
}
