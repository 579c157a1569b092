import { emailKey } from './email.ts'
import { nameKey } from './name.ts'

type Named = {
  readonly email?: string | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
}

/** The keys by which an e-mail address and names are compared and sorted; '' for an absent name. */
export const keysOf = ({ email, firstName, lastName }: Named) => ({
  emailKey: email === undefined ? '' : emailKey(email),
  firstNameKey: nameKey(firstName),
  lastNameKey: nameKey(lastName),
})
