import * as z from 'zod'
import { inputShape } from '#db/field'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { optionalTextSchema } from '#kernel/text'
import { customerFields } from './field-list.ts'
import { MetadataPatch } from './metadata.ts'

const { email, externalId, metadata, ...profile } = inputShape(customerFields)

/** Its length and strength are checked later, where the settings are known. */
export const Password = z
  .string({ error: 'Must be text.' })
  .check(
    lengthAtLeast(1, { error: 'Must not be empty.' }),
    lengthAtMost(256, { error: 'Must be at most 256 bytes long.' }),
  )
  .meta({
    description:
      'At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed.',
    examples: ['correct horse battery'],
    format: 'password',
  })

export const CreateCustomer = z
  .strictObject({
    email,
    ...z.object(profile).partial().shape,
    externalId: externalId.optional(),
    password: Password.optional(),
    metadata: metadata.optional(),
  })
  .meta({
    id: 'CreateCustomer',
    examples: [
      {
        email: 'jane@example.com',
        firstName: 'Jane',
        lastName: 'Doe',
        password: 'correct horse battery',
      },
    ],
  })
export type CreateCustomer = z.output<typeof CreateCustomer>

/** An absent field stays as it is; null clears it; metadata is a merge patch (RFC 7396). */
export const UpdateCustomer = z
  .strictObject({
    ...z.object(profile).partial().shape,
    email: email.optional(),
    externalId: externalId.optional(),
    metadata: MetadataPatch.optional(),
  })
  .meta({
    id: 'UpdateCustomer',
    examples: [{ phone: '+14155551234', metadata: { newsletter: 'weekly', note: null } }],
  })
export type UpdateCustomer = z.output<typeof UpdateCustomer>

export const DisableCustomer = z
  .strictObject({ reason: optionalTextSchema(500).optional() })
  .meta({ id: 'DisableCustomer', examples: [{ reason: 'Chargebacks' }] })
export type DisableCustomer = z.output<typeof DisableCustomer>

export const DeleteCustomer = z
  .strictObject({
    currentPassword: Password.optional().meta({
      description:
        'Required from shoppers, unless the session has a proof that is younger than ten minutes',
    }),
  })
  .meta({ id: 'DeleteCustomer', examples: [{ currentPassword: 'correct horse battery' }] })
export type DeleteCustomer = z.output<typeof DeleteCustomer>
