export { default } from 'vitepress/theme-without-fonts';
import './accessible.css';
