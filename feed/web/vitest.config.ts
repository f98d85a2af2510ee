import { defineConfig, mergeConfig } from 'vitest/config'
import build from './vite.config'

// Tests read the stylesheets as they are: contrast is measured, not believed.
export default mergeConfig(build, defineConfig({ test: { css: true, setupFiles: 'test/setup.ts' } }))
