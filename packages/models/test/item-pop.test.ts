import { itemPop } from '@losslab/models';
import { testModel } from '@losslab/testkit';

testModel(itemPop, { personalised: false });
