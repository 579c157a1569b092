import type { Child } from 'hono/jsx'
import type { Language } from '#core/mail'
import { AddressForm, CodeForm } from './forms.tsx'
import type { Page } from './html.ts'
import { PASSKEY_SCRIPT } from './script.ts'
import { styleOf } from './style.ts'
import type { LoginView, MessageView } from './view.ts'
import { type Words, words } from './words/index.ts'

/** The page on which a shopper logs in. */
export function loginPage(view: LoginView): Page {
  const { language, look, client, action, redirectUri, sealed, refusal } = view
  const said = words[language]
  const problem =
    refusal === null
      ? null
      : view.mailedTo !== null && refusal === 'invalid_credentials'
        ? said.wrongCode
        : sentenceOf(said, refusal)
  const title = `${said.logIn} – ${look.shopName}`
  return pageOf(
    language,
    problem === null ? title : `${said.error}: ${title}`,
    look,
    <>
      <h1>{said.logIn}</h1>
      <p>{said.intro(client)}</p>
      {problem === null ? null : (
        <p id="problem" role="alert" aria-live="assertive">
          {problem}
        </p>
      )}
      <form method="post" action={action}>
        {view.mailedTo === null ? (
          <AddressForm
            words={said}
            email={view.email}
            isWrong={problem !== null}
            passkey={view.passkey}
          />
        ) : (
          <CodeForm words={said} mailedTo={view.mailedTo} isWrong={problem !== null} />
        )}
        <button type="submit" name="way" value="cancel" class="plain" formnovalidate>
          {said.cancel}
        </button>
        <input type="hidden" name="page" value={sealed} />
      </form>
      <h2>{said.consent(client)}</h2>
      <ul>
        {said.rights.map((right) => (
          <li>{right}</li>
        ))}
      </ul>
      <p>{said.noAccount(look.shopName)}</p>
    </>,
    redirectUri,
    view.passkey !== null && view.mailedTo === null ? PASSKEY_SCRIPT : null,
  )
}

/** A page that says why there is no login. */
export function messagePage({ language, look, message }: MessageView): Page {
  const said = words[language]
  const { title, text } =
    typeof message === 'string'
      ? said[message]
      : { title: said.failed, text: sentenceOf(said, message.refusal) }
  return pageOf(
    language,
    look === null ? title : `${title} – ${look.shopName}`,
    look,
    <>
      <h1>{title}</h1>
      <p>{text}</p>
    </>,
  )
}

const sentenceOf = ({ refusals, otherwise }: Words, code: keyof Words['refusals']): string =>
  refusals[code] ?? otherwise

function pageOf(
  language: Language,
  title: string,
  look: MessageView['look'],
  content: Child,
  leadsTo: string | null = null,
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
