import { defineConfig } from 'vite'

// No plugin: Vite compiles JSX itself. Nothing is inlined, because the
// Content-Security-Policy refuses inline scripts, styles and data: documents.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome90', 'firefox100', 'safari15'],
    assetsInlineLimit: 0,
    modulePreload: false,
    manifest: true,
    reportCompressedSize: false,
  },
})
