export const text = { type: 'string' as const }
export const header = (description: string) => ({ description, schema: text })
export const requiredHeader = (description: string) => ({ ...header(description), required: true })

/** The headers that an answer may have; a route names those that it sends. */
const answerHeaders = {
  ETag: requiredHeader('`W/"version"`, for If-Match'),
  Location: requiredHeader('Where the resource is'),
  'Content-Location': header('The path of the survivor, if the customer was merged'),
}
export type AnswerHeader = keyof typeof answerHeaders

export const headerDocuments = (names: readonly AnswerHeader[]) =>
  Object.fromEntries(names.map((name) => [name, answerHeaders[name]]))
