// Settings with their types: the only place that reads the configuration.
import * as vscode from 'vscode';
import { settings, type SettingId, type SettingValue } from './contributions/settings.ts';

const section = 'tensorlift';

/** The value of a setting, for a document where it may differ by folder. */
export function setting<Id extends SettingId>(id: Id, scope?: vscode.ConfigurationScope): SettingValue<Id> {
  // By section: VS Code copies what it gives, and without one that is every setting of every extension.
  const value = vscode.workspace
    .getConfiguration(section, scope ?? null)
    .get<SettingValue<Id>>(id.slice(section.length + 1));
  return value ?? (settings[id].default as SettingValue<Id>);
}

/** Calls back when one of the settings changed. */
export const onSetting = (ids: readonly SettingId[], changed: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration(event => {
    if (ids.some(id => event.affectsConfiguration(id))) changed();
  });
