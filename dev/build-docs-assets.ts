import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { documentPage, missingPage } from './docs-html.ts'

const folder = join(import.meta.dirname, '..', 'src', 'assets', 'docs')
const library = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** What `/docs` shows the API with: megabytes that are copied from the installed package, not committed. */
const files = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css']

mkdirSync(folder, { recursive: true })
for (const file of files) copy(file, withoutMap(readFileSync(join(library, file), 'utf8')))

/** The documentation: as it is for programs, to which `/docs/llms.txt` leads, and as pages for people, to which `/docs/pages` leads. */
const pages = join(import.meta.dirname, '..', 'docs')
for (const file of readdirSync(pages).filter((name) => /\.(md|txt)$/.test(name))) {
  const text = readFileSync(join(pages, file), 'utf8')
  copy(file, text)
  const page = documentPage(file, text)
  if (page !== null) copy(page.file, page.text)
}

copy(missingPage.file, missingPage.text)

function copy(file: string, wanted: string): void {
  const path = join(folder, file)
  // Wrangler watches the folder and runs this again when something in it changes.
  if (read(path) !== wanted) writeFileSync(path, wanted)
}

function withoutMap(text: string): string {
  return text.replace(/\n?\/[/*]# sourceMappingURL=.*$/, '')
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
