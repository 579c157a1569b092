import { CodeFields } from './code-fields.tsx'
import { PasswordFields } from './password-fields.tsx'
import type { Words } from './words/index.ts'

type Form = { readonly words: Words; readonly isWrong: boolean }

/** The form that asks for the address, and for the password or for a code. */
type Address = Form & { readonly email: string; readonly passkey: object | null }

export const AddressForm = ({ words: said, email, isWrong, passkey }: Address) => (
  <>
    <PasswordFields words={said} email={email} isWrong={isWrong} />
    <button type="submit" name="way" value="password">
      {said.logIn}
    </button>
    {passkey === null ? null : <PasskeyButton words={said} options={passkey} />}
    <button type="submit" name="way" value="code" class="plain" formnovalidate>
      {said.mailCode}
    </button>
  </>
)

const PasskeyButton = ({ words: said, options }: { words: Words; options: object }) => (
  <>
    <button
      type="submit"
      name="way"
      value="passkey"
      class="plain"
      formnovalidate
      hidden
      id="with-passkey"
      data-options={JSON.stringify(options)}
    >
      {said.passkey}
    </button>
    <input type="hidden" name="passkey" value="" />
  </>
)

/** The form that asks for the code of the mail. */
export const CodeForm = ({
  words: said,
  mailedTo,
  isWrong,
}: Form & { readonly mailedTo: string }) => (
  <>
    <p>{said.mailed(mailedTo)}</p>
    <CodeFields words={said} isWrong={isWrong} />
    <button type="submit" name="way" value="verify">
      {said.logIn}
    </button>
    <button type="submit" name="way" value="code" class="plain" formnovalidate>
      {said.mailAgain}
    </button>
    <button type="submit" name="way" value="back" class="plain" formnovalidate>
      {said.otherWay}
    </button>
  </>
)
