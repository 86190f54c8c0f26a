export * from './config.ts';
export * from './plugins.ts';
export * from './schedule.ts';
export * from './settings.ts';
export * from './train.ts';
