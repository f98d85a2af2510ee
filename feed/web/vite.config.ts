import { defineConfig } from 'vite'

// No plugin: Vite compiles JSX itself. Nothing is inlined, because the
// Content-Security-Policy refuses inline scripts, styles and data: documents.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome90', 'firefox100', 'safari15'],
    assetsInlineLimit: 0,
    // Written into the page and asked for together: a module that is only found
    // in another one is a way to the server and back later.
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What many screens share is one file: over HTTP/1.1 twenty small ones
        // wait for each other, and a service worker is asked for each. Their
        // styles are named in main.tsx, after those that they stand on.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 3, test: /\.m?[jt]sx?$/ }] },
      },
    },
  },
})
