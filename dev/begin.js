// Plain JavaScript, so that a Node that is too old reads it too: it says in one sentence what `npm start` lacks.

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  process.exitCode = 1
}

if (process.features.typescript) {
  import('./start.ts').catch((error) => {
    const missing = /^Cannot find package '(.+?)'/.exec(error.message)
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || missing === null) throw error
    refuse(`The package ${missing[1]} is not installed: run npm ci`)
  })
} else {
  refuse(
    `Node ${process.versions.node} is too old: run npm ci without --ignore-scripts, which brings a newer one for this project`,
  )
}
