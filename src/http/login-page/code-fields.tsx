import type { PageTexts } from './texts/index.ts'

type Shown = {
  readonly texts: PageTexts
  /** The page says what is wrong, in the element `problem`. */
  readonly isWrong: boolean
}

/** The field of a code: one field, so that a pasted code and a telephone's suggestion fit (web.dev, SMS OTP forms). */
export function CodeFields({ texts, isWrong }: Shown) {
  const wrong = isWrong ? { 'aria-invalid': 'true', 'aria-describedby': 'problem' } : {}
  return (
    <>
      <label for="code">{texts.code}</label>
      <input
        id="code"
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        required
        autofocus
        {...wrong}
      />
    </>
  )
}
