import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import {
  type Assumptions,
  assumptionsFrom,
  changedAssumptions,
  reportingUse,
} from '../control/assumptions.js';
import { Calls } from '../api/calls.js';
import { Channels } from './channels.js';
import { type ClockChange, type ClockState, clockState, VirtualClock } from '../control/clock.js';
import { ConsoleCheck } from '../notifications/console-check.js';
import { Faults } from '../control/faults.js';
import { type Log } from '../log.js';
import { compositeMode } from './modes/composite.js';
import { individualMode } from './modes/individual.js';
import { type ModeOptions, type RecordingMode } from './modes/mode.js';
import { webMode } from './modes/web.js';
import {
  loadNotificationSettings,
  type NotificationSettings,
  saveNotificationSettings,
  undisturbed,
} from '../notifications/notification-settings.js';
import { Notifier } from '../notifications/notifier.js';
import { Poster } from '../notifications/post.js';
import { type DeliveryOutcome, Outbox } from '../notifications/outbox.js';
import { loadProject, type Project } from './project.js';
import { Resources } from './resources.js';
import { Scheduler } from './scheduler.js';
import { type Service } from '../api/service.js';
import { Stepper } from './stepper.js';
import { PendingStops } from './pending-stops.js';
import { StorageFaults } from '../storage/storage-faults.js';
import { type SandboxStore, type Setting } from './store.js';
import { StartRefusals } from './start-refusals.js';
import { Tasks } from './tasks.js';

export interface StateOptions {
  store: SandboxStore;
  webhookUrl: string;
  /** Signs notifications; null for the kept one. */
  webhookSecret: string | null;
  /** null for the kept speed, or 1. */
  speed: number | null;
  /** Seed of the disturbances of notifications; null for the kept one, or 1. */
  seed: number | null;
  /** Assumptions that are false by default. */
  falseAssumptions: readonly AssumptionName[];
  /** Real Unix milliseconds. */
  realNow: () => number;
  log: Log;
}

/** What a client needs for HTTPS. */
export interface HttpsAccess {
  url: string;
  /** The certificate authority as a file; null if nothing is kept. */
  caFile: string | null;
  /** The certificate authority, PEM. */
  ca: string;
}

const CLOCK: Setting<ClockState> = { name: 'clock', schema: clockState };
const CHANGED_ASSUMPTIONS: Setting<Partial<Assumptions>> = {
  name: 'changedAssumptions',
  schema: changedAssumptions,
};

/** The composition of the sandbox. The server passes requests to it. */
export class SandboxState {
  /** Where HTTPS is served, and the certificate authority that clients must trust; null without HTTPS. */
  https: HttpsAccess | null = null;
  readonly project: Project;
  readonly service: Service;
  readonly faults = new Faults();
  readonly calls = new Calls();
  readonly storageFaults = new StorageFaults();
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly consoleCheck: ConsoleCheck;
  /** For requests to the receiver that are not notifications of a recording. */
  readonly poster: Poster;
  readonly #options: StateOptions;
  readonly #scheduler: Scheduler;
  readonly #stepper: Stepper;
  /** What was changed since the last reset; the rest is as by default. */
  #changedAssumptions: Partial<Assumptions>;
  #assumptions: Assumptions;
  /** For the parts that behave by them. */
  #usedAssumptions: Assumptions;
  #notificationSettings: NotificationSettings;

  constructor(options: StateOptions) {
    const { store, webhookUrl, seed, realNow, log } = options;
    this.#options = options;
    this.project = loadProject(store, options.webhookSecret);
    this.#changedAssumptions = store.setting(CHANGED_ASSUMPTIONS) ?? {};
    this.#assumptions = assumptionsFrom(options.falseAssumptions, this.#changedAssumptions);
    this.#usedAssumptions = this.#withUseLogged();
    this.#notificationSettings = loadNotificationSettings(store, { webhookUrl, seed });

    const clock = new VirtualClock(store.setting(CLOCK), realNow);
    if (options.speed !== null) clock.change({ speed: options.speed });
    store.saveSetting(CLOCK, clock.state);
    this.#scheduler = new Scheduler(clock, (work) => store.transaction(work));

    const tasks = new Tasks(store, this.#scheduler);
    const channels = new Channels(store);
    const startRefusals = new StartRefusals();
    const pendingStops = new PendingStops();
    const assumptions = () => this.#usedAssumptions;
    const webhookSecret = new Secret(this.project.webhookSecret);
    const settings = () => this.#notificationSettings;
    this.outbox = new Outbox({
      assumptions,
      ...{ clock, scheduler: this.#scheduler, store, log, webhookSecret },
      webhookUrl: () => this.#notificationSettings.webhookUrl,
      onSettled: (sid, outcome) => this.#count(sid, outcome),
    });
    this.#stepper = new Stepper({
      ...{ clock, scheduler: this.#scheduler, outbox: this.outbox },
      onMoved: () => this.#keepClock(),
    });
    this.consoleCheck = new ConsoleCheck({ clock, webhookSecret, settings, assumptions, log });
    this.poster = new Poster(webhookSecret, 1);
    this.notifier = new Notifier({
      ...{ outbox: this.outbox, assumptions, settings, log },
      predecessors: (task) => tasks.predecessors(task),
    });
    const modeOptions: ModeOptions = {
      ...{ clock, tasks, channels, notifier: this.notifier, assumptions },
      onStopSettled: (sid) => pendingStops.settle(sid),
    };
    const modes = new Map<string, RecordingMode>(
      [compositeMode, individualMode, webMode].map((create) => {
        const mode = create(modeOptions);
        return [mode.name, mode];
      }),
    );
    this.service = {
      ...{ clock, store, tasks, channels, startRefusals, pendingStops, modes, assumptions },
      resources: new Resources(store),
    };
  }

  /** Resumes what was kept. What became due in the meantime happens now. */
  start(): void {
    this.service.tasks.load((task, action, at) => {
      const mode = this.service.modes.get(task.mode);
      if (mode === undefined) throw new Error(`The sandbox has no mode ${task.mode}.`);
      mode.act(task, action, at);
    });
    this.outbox.load();
    this.#scheduler.runDue();
  }

  get assumptions(): Assumptions {
    return this.#assumptions;
  }

  changeAssumptions(change: Partial<Assumptions>): Assumptions {
    this.#keepAssumptions({ ...this.#changedAssumptions, ...change });
    return this.#assumptions;
  }

  get notificationSettings(): NotificationSettings {
    return this.#notificationSettings;
  }

  changeNotificationSettings(change: Partial<NotificationSettings>): NotificationSettings {
    this.#notificationSettings = { ...this.#notificationSettings, ...change };
    saveNotificationSettings(this.service.store, this.#notificationSettings);
    return this.#notificationSettings;
  }

  /** Resolves when everything within a step has happened. */
  async changeClock({ speed, stepMs = 0 }: ClockChange): Promise<void> {
    if (speed !== undefined) {
      this.service.clock.change({ speed });
      this.#keepClock();
    }
    await this.#stepper.step(stepMs);
  }

  /** Deletes tasks, faults, settings and calls. The project and the clock stay, because clients use them. */
  reset(): void {
    const { store, tasks, resources, channels, startRefusals, pendingStops } = this.service;
    store.transaction(() => {
      store.clear();
      this.#scheduler.clear();
      tasks.clear();
      resources.clear();
      channels.clear();
      startRefusals.clear();
      this.outbox.clear();
      this.faults.clear();
      this.calls.clear();
      this.storageFaults.clear();
      this.#keepAssumptions({});
      const { webhookUrl, seed } = this.#options;
      this.changeNotificationSettings(undisturbed(webhookUrl, seed));
    });
    pendingStops.settleAll();
  }

  /** Ends everything in progress. Tasks and undelivered notifications stay in the store for the next start. */
  close(): void {
    this.#stepper.close();
    this.#scheduler.close();
    this.outbox.close();
    this.consoleCheck.close();
    this.poster.close();
  }

  #keepAssumptions(changed: Partial<Assumptions>): void {
    this.#changedAssumptions = changed;
    this.#assumptions = assumptionsFrom(this.#options.falseAssumptions, changed);
    this.#usedAssumptions = this.#withUseLogged();
    this.service.store.saveSetting(CHANGED_ASSUMPTIONS, changed);
  }

  /** Logs once for each, until they change, that the behaviour depends on it. */
  #withUseLogged(): Assumptions {
    return reportingUse(this.#assumptions, (name) => {
      const changed = name in this.#changedAssumptions;
      this.#options.log('info', 'assumption.used', {
        assumption: name,
        holds: this.#assumptions[name],
        changed,
      });
    });
  }

  #keepClock(): void {
    this.service.store.saveSetting(CLOCK, this.service.clock.state);
  }

  #count(sid: string, outcome: DeliveryOutcome): void {
    const task = this.service.tasks.find(sid);
    if (task === null) return;
    task.notifications[outcome]++;
    this.service.tasks.save(task);
  }
}
