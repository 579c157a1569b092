import { emailKey } from './email.ts'
import { nameKey } from './name-key.ts'

type Named = {
  readonly email?: string | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
}

/** Returns the keys by which e-mail addresses and names are compared and sorted. The key of an absent name is ''. */
export const emailAndNameKeys = ({ email, firstName, lastName }: Named) => ({
  emailKey: email === undefined ? '' : emailKey(email),
  firstNameKey: nameKey(firstName),
  lastNameKey: nameKey(lastName),
})
