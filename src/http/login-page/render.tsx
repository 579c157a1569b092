import type { Child } from 'hono/jsx'
import type { Language } from '#core/mail'
import { CodeForm, EmailAndPasswordForm } from './forms.tsx'
import type { Page } from './page-headers.ts'
import { PASSKEY_SCRIPT } from './passkey-script.ts'
import { EmailProofForm, ProviderButtons } from './provider-buttons-and-email-proof.tsx'
import { styleOf } from './style.ts'
import { type PageTexts, pageTexts } from './texts/index.ts'
import type { LoginView, MessageView, Problem } from './view-types.ts'

/** The page on which a shopper logs in. */
export function loginPage(view: LoginView): Page {
  const { language, look, client, action, redirectUri, sealed, linking, origins } = view
  const texts = pageTexts[language]
  const problem = view.problem === null ? null : problemOf(texts, view.problem, view)
  const title = `${texts.logIn} – ${look.shopName}`
  return pageOf(
    language,
    problem === null ? title : `${texts.error}: ${title}`,
    look,
    <>
      <h1>{linking === null ? texts.logIn : texts.provider.prove(linking)}</h1>
      <p>{linking === null ? texts.intro(client) : introOf(texts, linking, view.mailedTo)}</p>
      {problem === null ? null : (
        <p id="problem" role="alert" aria-live="assertive">
          {problem}
        </p>
      )}
      <form method="post" action={action}>
        {linking === null ? (
          <Ways view={view} texts={texts} isWrong={problem !== null} />
        ) : (
          <EmailProofForm
            texts={texts.provider}
            address={texts.email}
            email={view.email}
            mailedTo={view.mailedTo}
            isWrong={problem !== null}
          />
        )}
        <button type="submit" name="way" value="cancel" class="plain" formnovalidate>
          {texts.cancel}
        </button>
        <input type="hidden" name="page" value={sealed} />
      </form>
      <h2>{texts.consent(client)}</h2>
      <ul>
        {texts.rights.map((right) => (
          <li>{right}</li>
        ))}
      </ul>
      {view.takesPasswords && linking === null ? <Help texts={texts} look={look} /> : null}
    </>,
    [redirectUri, ...origins],
    hasPasskey(view) ? PASSKEY_SCRIPT : null,
  )
}

/** A page that says why there is no login. */
export function messagePage({ language, look, message, code, development }: MessageView): Page {
  const texts = pageTexts[language]
  const { title, text } =
    typeof message === 'string'
      ? texts[message]
      : { title: texts.failed, text: sentenceOf(texts, message.refusal) }
  return pageOf(
    language,
    look === null ? title : `${title} – ${look.shopName}`,
    look,
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        {texts.errorCode}: <code>{code}</code>
      </p>
      {development && message === 'untrusted' ? (
        <p lang="en">
          For developers: the terminal of <code>npm start</code> says more.
        </p>
      ) : null}
    </>,
  )
}

type WaysIn = { readonly view: LoginView; readonly texts: PageTexts; readonly isWrong: boolean }

/** The ways to log in. The first button is the one of the Enter key. */
const Ways = ({ view, texts, isWrong }: WaysIn) =>
  view.mailedTo === null ? (
    <>
      {view.takesPasswords ? (
        <EmailAndPasswordForm
          texts={texts}
          email={view.email}
          isWrong={isWrong}
          passkey={view.passkey}
        />
      ) : null}
      <ProviderButtons
        texts={texts.provider}
        providers={view.providers}
        isOnly={!view.takesPasswords}
      />
    </>
  ) : (
    <CodeForm texts={texts} mailedTo={view.mailedTo} isWrong={isWrong} />
  )

/** Whether the page has the button that the script is for. */
const hasPasskey = ({ passkey, takesPasswords, linking, mailedTo }: LoginView): boolean =>
  passkey !== null && takesPasswords && linking === null && mailedTo === null

/** For a shopper without an account or without the password. */
const Help = ({ texts, look }: { texts: PageTexts; look: LoginView['look'] }) =>
  look.allow_code_registration ? (
    <p>{texts.newByCode}</p>
  ) : (
    <p>
      {texts.noAccount}{' '}
      <a href={look.shopUrl} rel="noreferrer">
        {texts.toShop(look.shopName)}
      </a>
    </p>
  )

const introOf = ({ provider }: PageTexts, label: string, mailedTo: string | null): string =>
  mailedTo === null ? provider.why(label) : provider.sent(mailedTo)

function problemOf(texts: PageTexts, problem: Problem, { linking, mailedTo }: LoginView): string {
  if ('failure' in problem) return texts.provider.failures[problem.failure]
  if (linking !== null) {
    return texts.provider.refusals[problem.refusal] ?? sentenceOf(texts, problem.refusal)
  }
  const ofCode = mailedTo === null ? undefined : texts.codeRefusals[problem.refusal]
  return ofCode ?? sentenceOf(texts, problem.refusal)
}

const sentenceOf = (
  { refusals, otherwise }: PageTexts,
  code: keyof PageTexts['refusals'],
): string => refusals[code] ?? otherwise

function pageOf(
  language: Language,
  title: string,
  look: MessageView['look'],
  content: Child,
  leadsTo: readonly string[] = [],
  script: string | null = null,
): Page {
  const style = styleOf(look?.color)
  const image = look?.logoUrl ?? null
  const document = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        {/* Its own text: nothing of a request is in it. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          {look === null ? null : <Shop look={look} />}
          {content}
        </main>
        {script === null ? null : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  )
  return { html: `<!doctype html>${document}`, style, script, image, leadsTo }
}

const Shop = ({ look: { shopName, logoUrl } }: { look: NonNullable<MessageView['look']> }) =>
  logoUrl === undefined ? <p class="shop">{shopName}</p> : <img src={logoUrl} alt={shopName} />
