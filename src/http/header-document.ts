export const textSchema = { type: 'string' as const }
export const headerDocument = (description: string) => ({ description, schema: textSchema })
export const requiredHeaderDocument = (description: string) => ({
  ...headerDocument(description),
  required: true,
})

/** The headers that an answer may have; a route names those that it sends. */
const answerHeaders = {
  ETag: requiredHeaderDocument('`W/"version"`, for If-Match'),
  Location: requiredHeaderDocument('Where the resource is'),
  'Content-Location': headerDocument('The path of the survivor, if the customer was merged'),
}
export type AnswerHeader = keyof typeof answerHeaders

export const headerDocuments = (names: readonly AnswerHeader[]) =>
  Object.fromEntries(names.map((name) => [name, answerHeaders[name]]))
