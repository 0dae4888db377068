import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitepress';

/** Where files that are no pages can be read, such as https://github.com/example-co/aws-account-baseline/blob/main. */
const { SITE_REPOSITORY } = process.env;

/** Folders without pages. */
const EXCLUDED = ['node_modules', 'test', 'lib', 'scripts', 'dist', 'cdk.out', 'coverage', '.emulator'];

/** The index of the README, for the sidebar. */
const index = [
  ...readFileSync('README.md', 'utf8')
    .split('## Index')[1]
    .matchAll(/\[([^\]]+)\]\((docs\/[^)#]+)\.md\)/g),
].map(([, text, page]) => ({
  text: text[0].toUpperCase() + text.slice(1),
  link: `/${page.replace(/README$/, '')}`,
}));

export default defineConfig({
  title: 'AWS account baseline',
  description: 'A safe start for a new AWS account.',
  lang: 'en-US',
  outDir: 'dist/site',
  cacheDir: 'node_modules/.cache/vitepress',
  srcExclude: EXCLUDED.map((folder) => `${folder}/**`),
  rewrites: (page) => page.replace(/README\.md$/, 'index.md'),
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      // A page is a template of Vue, which would evaluate text in two braces.
      const text = (content: string) => md.utils.escapeHtml(content).replaceAll('{{', '&#123;&#123;');
      md.renderer.rules.text = (tokens, index) => text(tokens[index].content);
      md.renderer.rules.code_inline = (tokens, index) => `<code>${text(tokens[index].content)}</code>`;
      md.core.ruler.push('links', ({ tokens, env }) => {
        for (const { children } of tokens) {
          children?.forEach((token, index) => {
            const href = token.attrGet('href');
            if (token.type !== 'link_open' || href === null || /^(?:[a-z]+:|#)/.test(href)) return;
            const [path, fragment = ''] = href.split(/(?=#)/);
            const target = join(dirname(env.relativePath), path);
            if (path.endsWith('.md') && !EXCLUDED.includes(target.split('/', 1)[0])) {
              token.attrSet('href', path.replace(/README\.md$/, 'index.md') + fragment);
            } else if (SITE_REPOSITORY) {
              token.attrSet('href', `${SITE_REPOSITORY}/${target}${fragment}`);
            } else {
              // Without a repository, the text stays, and leads nowhere.
              const close = children.slice(index).find(({ type }) => type === 'link_close');
              for (const end of [token, close]) end.tag = 'span';
              token.attrs = null;
            }
          });
        }
      });
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [{ text: 'Overview', link: '/' }, ...index],
  },
});
