import { writeFile } from 'node:fs/promises'
import { createApp } from '../src/http/app.ts'
import { openapiDocument } from '../src/http/openapi.ts'

/** Where the published document is kept, so that a change of the API shows in its diff. */
export const documentFile = 'docs/openapi.json'

export const openapiText = (): string =>
  `${JSON.stringify(openapiDocument(createApp()), null, 2)}\n`

if (import.meta.main) await writeFile(documentFile, openapiText())
