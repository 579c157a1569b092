import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

async function bundle(code: string): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
    metafile: true,
  })
  return { text: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) }
}

test('the whole client is under 8.5 KB, and nothing of the service is in it', async () => {
  const { text, inputs } = await bundle(`export * from '../../src/sdk/index.ts'`)
  expect(gzipSync(text).byteLength).toBeLessThan(8.5 * 1024)
  expect(inputs.filter((file) => file !== '<stdin>' && !file.startsWith('src/sdk/'))).toEqual([])
})

test('who only receives webhooks takes no more than that', async () => {
  const { text } = await bundle(`export { verifyWebhook } from '../../src/sdk/index.ts'`)
  expect(gzipSync(text).byteLength).toBeLessThan(1.5 * 1024)
})
