import { Module } from '@nestjs/common';
import { CallbackOutbox } from '../callbacks/callback-outbox.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { CheckoutAddress } from './checkout-address.js';
import { CheckoutController } from './checkout.controller.js';
import { PaymentController } from './payment.controller.js';
import { PaymentsService } from './payments.service.js';
import { PaymentSettings } from './payment-settings.js';

@Module({
  controllers: [PaymentController, CheckoutController],
  providers: [PaymentsService, PaymentSettings, CheckoutAddress, CallbackOutbox, CallbackSender],
})
export class PaymentsModule {}
