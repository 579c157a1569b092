import type { ProviderTexts } from './texts/provider.ts'

/** A button for each provider. Their fields need not be filled in. */
export const ProviderButtons = ({
  texts,
  providers,
  isOnly,
}: {
  readonly texts: ProviderTexts
  readonly providers: readonly { readonly name: string; readonly label: string }[]
  /** There is no other way. */
  readonly isOnly: boolean
}) => (
  <>
    {providers.map(({ name, label }) => (
      <button
        type="submit"
        name="provider"
        value={name}
        class={isOnly ? undefined : 'plain'}
        formnovalidate
      >
        {texts.continueWith(label)}
      </button>
    ))}
  </>
)

type Proof = {
  readonly texts: ProviderTexts
  /** What the field for the address is called. */
  readonly address: string
  /** What stands in it. */
  readonly email: string
  /** Where a code was mailed; null before. */
  readonly mailedTo: string | null
  readonly isWrong: boolean
}

/** The fields by which a shopper proves an address, so that an identity can be linked: the address, then the code of the mail. */
export function EmailProofForm({ texts, address, email, mailedTo, isWrong }: Proof) {
  const wrong = isWrong ? { 'aria-invalid': 'true', 'aria-describedby': 'problem' } : {}
  if (mailedTo === null) {
    return (
      <>
        <label for="email">{address}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          required
          value={email}
          autofocus
          {...wrong}
        />
        <button type="submit" name="way" value="prove">
          {texts.sendCode}
        </button>
      </>
    )
  }
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
      <button type="submit" name="way" value="connect">
        {texts.connect}
      </button>
      <button type="submit" name="way" value="prove" class="plain" formnovalidate>
        {texts.sendAgain}
      </button>
    </>
  )
}
