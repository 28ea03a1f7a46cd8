//! What services of the system keep for an app, in an app: accounts, calendars, contacts, reminders.

use concord_ability::options::DeviceProfile;
use concord_tests::drive::Drive;
use concord_tests::fixtures;

/// Runs a script in an app that has declared `permissions`; time jumps to what happens next.
fn run(permissions: &[&str], script: &str) {
    let Some(package) = fixtures("ui").map(|folder| folder.join("hello/entry.hap")) else { return };
    let drive = Drive {
        packages: vec![package],
        parameters: Vec::new(),
        device: DeviceProfile { width: 360, height: 780, density: 1.0, ..DeviceProfile::default() },
        fonts: None,
        log: true,
        desktop: None,
    };
    let home = tempfile::tempdir().expect("a folder");
    let declared: Vec<String> =
        permissions.iter().map(|name| format!("{{ name: 'ohos.permission.{name}' }}")).collect();
    let script = format!(
        "for (const {{ tree }} of require('@concord:process').modules.values()) {{
            tree.module.requestPermissions = [{}];
        }}
        const codeOf = async (f) => {{
            try {{ await f(); }} catch (error) {{ return error.code; }}
            return 0;
        }};
        const context = require('@concord:context').application;
        {script}",
        declared.join(", ")
    );
    drive.run(home.path(), &script).map_err(|failed| failed.reason).expect("the script ends");
}

#[test]
fn accounts_are_kept() {
    run(
        &["DISTRIBUTED_DATASYNC"],
        r"
        const accounts = require('@ohos:account.appAccount').createAppAccountManager();
        equal(await codeOf(() => accounts.createAccount('')), 12300002);
        await accounts.createAccount('ann', { customData: { age: '12' } });
        equal(await codeOf(() => accounts.createAccount('ann')), 12300004);
        equal(await accounts.getCustomData('ann', 'age'), '12');
        equal(accounts.getCustomDataSync('ann', 'age'), '12');
        equal(await codeOf(() => accounts.getCustomData('ann', 'none')), 12400002);
        equal(await codeOf(() => accounts.getCustomData('bob', 'age')), 12300003);
        await accounts.setCredential('ann', 'PIN', 'secret');
        equal(await accounts.getCredential('ann', 'PIN'), 'secret');
        await accounts.deleteCredential('ann', 'PIN');
        equal(await codeOf(() => accounts.getCredential('ann', 'PIN')), 12300102);
        const owner = require('@concord:process').info.bundleName;
        await accounts.setAuthToken('ann', 'mail', 'token');
        equal(await accounts.getAuthToken('ann', owner, 'mail'), 'token');
        equal((await accounts.getAllAuthTokens('ann', owner)).length, 1);
        await accounts.deleteAuthToken('ann', owner, 'mail', 'token');
        equal(await codeOf(() => accounts.getAuthToken('ann', owner, 'mail')), 12300107);
        await accounts.setDataSyncEnabled('ann', true);
        equal(await accounts.checkDataSyncEnabled('ann'), true);
        equal(await accounts.getAllAccounts(), [{ owner, name: 'ann' }]);
        equal(await codeOf(() => accounts.getAccountsByOwner('com.example.other')), 12400001);
        const heard = [];
        accounts.on('accountChange', [owner], (all) => heard.push(all.length));
        await accounts.removeAccount('ann');
        await until('told', () => heard.length === 1);
        equal(heard, [0]);
        equal(await codeOf(() => accounts.removeAccount('ann')), 12300003);
        equal(await codeOf(() => accounts.removeAccount(5)), 401);
        ",
    );
}

#[test]
fn calendars_are_kept() {
    run(
        &["READ_CALENDAR", "WRITE_CALENDAR"],
        r"
        const { getCalendarManager, CalendarType, EventType, EventFilter, RecurrenceFrequency } = require('@ohos:calendarManager');
        const manager = getCalendarManager(context);
        equal((await manager.getAllCalendars()).length, 1);
        const calendar = await manager.createCalendar({ name: 'mine', type: CalendarType.LOCAL });
        equal(calendar.getAccount(), { name: 'mine', type: 'local', displayName: '' });
        await calendar.setConfig({ enableReminder: false, color: '#112233' });
        equal(calendar.getConfig(), { enableReminder: false, color: '#112233' });
        const at = (text) => new Date(text).getTime();
        const id = await calendar.addEvent({ type: EventType.NORMAL, title: 'tea', startTime: at('2024-01-31T10:00'), endTime: at('2024-01-31T11:00') });
        await calendar.addEvents([{ type: 0, title: 'walk', startTime: at('2024-01-01T08:00'), endTime: at('2024-01-01T09:00'),
            recurrenceRule: { recurrenceFrequency: RecurrenceFrequency.WEEKLY, daysOfWeek: [1, 3], count: 4 } }]);
        equal(await codeOf(() => calendar.addEvent({ type: 0 })), 401);
        equal((await calendar.getEvents()).map(({ title }) => title), ['tea', 'walk']);
        equal((await calendar.getEvents(EventFilter.filterByTitle('te'), ['title'])), [{ id, title: 'tea' }]);
        equal((await calendar.getEvents(EventFilter.filterByTime(at('2024-01-08T00:00'), at('2024-01-09T00:00')))).length, 1);
        const walks = await calendar.queryEventInstances(at('2024-01-01'), at('2024-02-01'));
        equal(walks.filter(({ title }) => title === 'walk').map(({ instanceStartTime }) => new Date(instanceStartTime).getDate()), [1, 3, 8, 10]);
        await calendar.updateEvent({ id, type: 0, title: 'cake', startTime: 1, endTime: 2 });
        equal((await calendar.getEvents(EventFilter.filterById([id])))[0].title, 'cake');
        await calendar.deleteEvent(id);
        equal((await calendar.getEvents()).length, 1);
        // Whoever asks again gets the same one.
        const again = await manager.getCalendar({ name: 'mine', type: CalendarType.LOCAL });
        equal([again.id, (await again.getEvents()).length], [calendar.id, 1]);
        await manager.deleteCalendar(calendar);
        equal(await codeOf(() => calendar.getEvents()), 23900003);
        equal(await codeOf(() => manager.getCalendar({ name: 'mine', type: CalendarType.LOCAL })), 23900003);
        ",
    );
}

#[test]
fn contacts_are_kept() {
    run(
        &["READ_CONTACTS", "WRITE_CONTACTS"],
        r"
        const contact = require('@ohos:contact');
        const id = await contact.addContact(context, { name: { fullName: 'Ann' }, phoneNumbers: [{ phoneNumber: '+49 (30) 123' }] });
        equal((await contact.queryContactsByPhoneNumber(context, '+4930123')).map(({ name }) => name.fullName), ['Ann']);
        const [ann] = await contact.queryContacts(context, { attributes: [contact.Attribute.ATTR_NAME] });
        equal([ann instanceof contact.Contact, ann.id, ann.phoneNumbers], [true, id, undefined]);
        await contact.updateContact(context, { id, emails: [{ email: 'ann@example.com' }] });
        equal((await contact.queryContactsByEmail(context, 'ann@example.com')).length, 1);
        await contact.deleteContact(context, await contact.queryKey(context, id));
        equal(await contact.queryContacts(context), []);
        ",
    );
}

#[test]
fn reminders_come_in_time() {
    run(
        &["PUBLISH_AGENT_REMINDER"],
        r"
        const reminders = require('@ohos:reminderAgentManager');
        const notifications = require('@ohos:notificationManager');
        await notifications.requestEnableNotification();
        const { REMINDER_TYPE_TIMER, REMINDER_TYPE_ALARM } = reminders.ReminderType;
        equal(await codeOf(() => reminders.publishReminder({ reminderType: REMINDER_TYPE_TIMER, triggerTimeInSeconds: 0 })), 401);
        const soon = await reminders.publishReminder({ reminderType: REMINDER_TYPE_TIMER, triggerTimeInSeconds: 60, title: 'tea', content: 'now' });
        const daily = await reminders.publishReminder({ reminderType: REMINDER_TYPE_ALARM, hour: 7, minute: 30, daysOfWeek: [1, 2, 3, 4, 5, 6, 7] });
        equal((await reminders.getValidReminders()).length, 2);
        await new Promise((resolve) => setTimeout(resolve, 61000));
        equal((await notifications.getActiveNotifications()).map(({ content }) => content.normal.title), ['tea']);
        equal((await reminders.getAllValidReminders()).map(({ reminderId }) => reminderId), [daily]);
        equal(await codeOf(() => reminders.cancelReminder(soon)), 1700003);
        await reminders.cancelReminder(daily);
        equal(await reminders.getValidReminders(), []);
        ",
    );
}

#[test]
fn an_editor_attaches_to_the_input_method() {
    run(
        &[],
        r"
        const { getController, KeyboardStatus, TextInputType, EnterKeyType } = require('@ohos:inputMethod');
        const controller = getController();
        equal(await codeOf(() => controller.showTextInput()), 12800009);
        const heard = [];
        controller.on('sendKeyboardStatus', (status) => heard.push(status));
        await controller.attach(true, { inputAttribute: { textInputType: TextInputType.TEXT, enterKeyType: EnterKeyType.GO } });
        await controller.hideTextInput();
        await controller.detach();
        await until('told', () => heard.length === 2);
        equal(heard, [KeyboardStatus.SHOW, KeyboardStatus.HIDE]);
        equal(await codeOf(() => controller.hideTextInput()), 12800009);
        ",
    );
}

#[test]
fn the_process_is_measured() {
    run(
        &[],
        r"
        const hidebug = require('@ohos:hidebug');
        const memory = hidebug.getAppNativeMemInfo();
        equal([memory.rss > 1000n, memory.vss > memory.rss, hidebug.getPss() > 0n, hidebug.getNativeHeapSize() > 0n], [true, true, true, true]);
        const { totalMem, availableMem } = hidebug.getSystemMemInfo();
        equal(totalMem >= availableMem && availableMem > 0n, true);
        equal([hidebug.getCpuUsage() >= 0, hidebug.getSystemCpuUsage() >= 0], [true, true]);
        equal(hidebug.getAppThreadCpuUsage().some(({ threadId }) => threadId === require('@concord:process').info.pid), true);
        equal(await codeOf(() => hidebug.getVMRuntimeStat('none')), 401);
        ",
    );
}
