import { writeFile } from 'node:fs/promises'
import { openapiDocument } from '../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../src/http/load-routes.ts'

const endpoints = await loadAllRoutes()

/** Where the published document is kept, so that a change of the API shows in its diff. */
export const openapiFile = 'docs/openapi.json'

export const openapiText = (): string => `${JSON.stringify(openapiDocument(endpoints), null, 2)}\n`

if (import.meta.main) await writeFile(openapiFile, openapiText())
