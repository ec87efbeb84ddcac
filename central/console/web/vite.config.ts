import { defineConfig } from 'vite'
import vue from '@vitejs/plugin-vue'

// Fixed names: the hub's build embeds these three files by name (central/console/CMakeLists in central/).
export default defineConfig({
  plugins: [vue()],
  build: {
    target: 'chrome86',
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { entryFileNames: 'app.js', assetFileNames: 'app[extname]', inlineDynamicImports: true }
    }
  }
})
