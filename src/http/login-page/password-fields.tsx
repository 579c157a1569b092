import type { PageTexts } from './texts/index.ts'

type Shown = {
  readonly texts: PageTexts
  readonly email: string
  /** The page says what is wrong, in the element `problem`. */
  readonly isWrong: boolean
}

/** The fields of a login by password. The one that is still empty has the cursor. */
export function PasswordFields({ texts, email, isWrong }: Shown) {
  const wrong = isWrong ? { 'aria-invalid': 'true', 'aria-describedby': 'problem' } : {}
  return (
    <>
      <label for="email">{texts.email}</label>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={email}
        autofocus={email === ''}
        {...wrong}
      />
      <label for="password">{texts.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        autofocus={email !== ''}
        {...wrong}
      />
    </>
  )
}
