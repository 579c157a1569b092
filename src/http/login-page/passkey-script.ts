/**
 * Asks the browser for a passkey, and sends it with the form. The button is hidden until then: a browser without scripts or passkeys never shows
 * it. A person who declines stays on the page. The button's id is not the field's name: `form.elements` would find both under one.
 */
export const PASSKEY_SCRIPT = [
  "const button=document.getElementById('with-passkey')",
  'const form=button.form',
  'if(window.PublicKeyCredential?.parseRequestOptionsFromJSON){',
  'button.hidden=false',
  "button.addEventListener('click',async(event)=>{",
  'event.preventDefault()',
  'try{',
  'const publicKey=PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(button.dataset.options))',
  'const credential=await navigator.credentials.get({publicKey})',
  'form.elements.passkey.value=JSON.stringify(credential)',
  'form.requestSubmit(button)',
  '}catch{}',
  '})',
  '}',
].join('\n')
