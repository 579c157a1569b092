import * as z from 'zod'
import { inputShape } from '#db/field'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { CREDENTIAL_TYPE } from './descriptor.ts'
import { passkeyFields } from './field-list.ts'

const { name, ...others } = inputShape(passkeyFields)

const base64Url = (most: number) =>
  z
    .string()
    .check(lengthAtLeast(1), lengthAtMost(most))
    .regex(/^[\w-]*$/, { error: 'Must be base64url.' })

/** At most 1,023 bytes (WebAuthn, 4). */
const CredentialId = base64Url(1364)
const ClientData = base64Url(4000)

/** How a browser may reach an authenticator (WebAuthn, 5.8.4). Others are dropped. */
const known: ReadonlySet<string> = new Set([
  ...['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'],
])

/** Browsers add members as WebAuthn grows, so what is not read here is left out and not refused. */
const credential = { id: CredentialId, rawId: CredentialId, type: z.literal(CREDENTIAL_TYPE) }

const JSON_OF_BROWSER =
  '`toJSON()` of what the browser answers, in WebAuthn’s JSON. Other members are ignored'

export const RegisterPasskey = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: ClientData,
      attestationObject: base64Url(20_000),
      transports: z
        .array(z.string().check(lengthAtMost(50)))
        .check(lengthAtMost(20))
        .default([])
        .transform((all) => [...new Set(all)].filter((one) => known.has(one))),
    }),
    name: name
      .optional()
      .meta({ description: 'Default: the kind of device that sends the request' }),
    ...z.object(others).partial().shape,
  })
  .meta({
    id: 'RegisterPasskey',
    description: JSON_OF_BROWSER,
    examples: [
      {
        ...{ id: 'AQIDBAUGBwgJCgsMDQ4PEA', rawId: 'AQIDBAUGBwgJCgsMDQ4PEA', type: 'public-key' },
        response: {
          clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
          attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA',
          transports: ['internal'],
        },
        name: 'Telephone',
      },
    ],
  })
export type RegisterPasskey = z.output<typeof RegisterPasskey>

/** The answer of an authenticator to a challenge. */
export const PasskeyAssertion = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: ClientData,
      authenticatorData: base64Url(4000),
      signature: base64Url(4000),
      userHandle: base64Url(100).nullish(),
    }),
  })
  .meta({
    id: 'PasskeyAssertion',
    description: JSON_OF_BROWSER,
    examples: [
      {
        ...{ id: 'AQIDBAUGBwgJCgsMDQ4PEA', rawId: 'AQIDBAUGBwgJCgsMDQ4PEA', type: 'public-key' },
        response: {
          clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
          authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA',
          signature: 'MEUCIQDNRG_wFUXN5ENfTc8tHzKwRkZ7',
          userHandle: 'kf3QpLZ8vN1mXc2R',
        },
      },
    ],
  })
export type PasskeyAssertion = z.output<typeof PasskeyAssertion>

export const RenamePasskey = z
  .strictObject({ name, ...others })
  .meta({ id: 'RenamePasskey', examples: [{ name: 'Telephone' }] })
export type RenamePasskey = z.output<typeof RenamePasskey>
