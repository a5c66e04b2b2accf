import type { ConformanceCase } from '../scenario.js';
import { announcer } from './announcer.js';
import { applicant } from './applicant.js';
import { bookLoan } from './book-loan.js';
import { breaker } from './breaker.js';
import { carAuction } from './car-auction.js';
import { carVitals } from './car-vitals.js';
import { coffeeOrder } from './coffee-order.js';
import { creditCheck } from './credit-check.js';
import { errand } from './errand.js';
import { family } from './family.js';
import { glass } from './glass.js';
import { hotelBooking } from './hotel-booking.js';
import { job } from './job.js';
import { kindergarten } from './kindergarten.js';
import { kitchen } from './kitchen.js';
import { lamp } from './lamp.js';
import { onboardingCall } from './onboarding-call.js';
import { onboarding } from './onboarding.js';
import { orchestra } from './orchestra.js';
import { parallelTasks } from './parallel-tasks.js';
import { parcel } from './parcel.js';
import { patient } from './patient.js';
import { player } from './player.js';
import { provisioning } from './provisioning.js';
import { reminder } from './reminder.js';
import { reply } from './reply.js';
import { stopwatch } from './stopwatch.js';
import { tally } from './tally.js';
import { trafficLight } from './traffic-light.js';
import { turnstile } from './turnstile.js';
import { visaDecision } from './visa-decision.js';
import { watcher } from './watcher.js';

export const cases: readonly ConformanceCase[] = [
  announcer,
  applicant,
  bookLoan,
  breaker,
  carAuction,
  carVitals,
  coffeeOrder,
  creditCheck,
  errand,
  family,
  glass,
  hotelBooking,
  job,
  kindergarten,
  kitchen,
  lamp,
  onboardingCall,
  onboarding,
  orchestra,
  parallelTasks,
  parcel,
  patient,
  player,
  provisioning,
  reminder,
  reply,
  stopwatch,
  tally,
  trafficLight,
  turnstile,
  visaDecision,
  watcher,
];
