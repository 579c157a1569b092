import { CodeFields } from './code-fields.tsx'
import { PasswordFields } from './password-fields.tsx'
import type { PageTexts } from './texts/index.ts'

type Form = { readonly texts: PageTexts; readonly isWrong: boolean }

/** The form that asks for the address, and for the password or for a code. */
type Address = Form & { readonly email: string; readonly passkey: object | null }

export const EmailAndPasswordForm = ({ texts, email, isWrong, passkey }: Address) => (
  <>
    <PasswordFields texts={texts} email={email} isWrong={isWrong} />
    <button type="submit" name="way" value="password">
      {texts.logIn}
    </button>
    {passkey === null ? null : <PasskeyButton texts={texts} options={passkey} />}
    <button type="submit" name="way" value="code" class="plain" formnovalidate>
      {texts.mailCode}
    </button>
  </>
)

const PasskeyButton = ({ texts, options }: { texts: PageTexts; options: object }) => (
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
      {texts.passkey}
    </button>
    <input type="hidden" name="passkey" value="" />
  </>
)

/** The form that asks for the code of the mail. */
export const CodeForm = ({ texts, mailedTo, isWrong }: Form & { readonly mailedTo: string }) => (
  <>
    <p>{texts.mailed(mailedTo)}</p>
    <CodeFields texts={texts} isWrong={isWrong} />
    <button type="submit" name="way" value="verify">
      {texts.logIn}
    </button>
    <button type="submit" name="way" value="code" class="plain" formnovalidate>
      {texts.mailAgain}
    </button>
    <button type="submit" name="way" value="back" class="plain" formnovalidate>
      {texts.otherWay}
    </button>
  </>
)
