export { templateName, templateNameLoss } from './template-name.ts';
