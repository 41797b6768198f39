import { projectExports } from '../report/exports/exports.ts';

/** What `--help` teaches. */
export const helpTexts = {
  convoy: `Copies Windows file shares and folders into SharePoint Online and OneDrive, checks every copy, and reports what became of each file. The source is only ever read.`,
  summary: {
    assess: 'judge a folder before anything is copied: what is ready, what is in the way, how long it takes',
    copy: 'copy a folder into a library or OneDrive, verify and report',
    import: 'make tasks of a list: CSV or JSON, every row checked before anything is made',
    verify: 'look again at what was copied: from the listing of the destination, or reading the files back',
    report: 'export tasks, items, failures and more as CSV, Excel or JSON lines, whatever is running',
    'check-manifest': 'check a report that was handed over: whether it is as the machine signed it',
    serve: 'show the screen in a browser of this computer',
    'sign-in': 'sign a person in on this machine, in the browser or by a code',
    'sign-out': 'forget who is signed in on this machine',
    agent: 'let this machine work, without a window, until Ctrl+C',
    status: 'what this machine is and does, and how far the fleet is',
    join: 'let this machine work for another coordinator',
    leave: 'let this machine be on its own again',
    fleet: 'let many machines work together: promote, invite, list, accept, revoke, move, demote, rekey',
    promote: 'let other machines join this one',
    move: 'hand the fleet over to another of its machines, which is the coordinator from then on',
    demote: 'let no machine join this one any more, and forget those that have',
    invite: 'print the line that lets one machine join',
    list: 'the machines that have joined, and those that want to',
    accept: 'let a machine in that waits for a yes',
    revoke: 'send a machine away',
    rekey: 'let this machine sign in to its coordinator with another key',
    practice: 'rehearse: copy a practice share into a practice tenant on this computer',
  },
  examples: `Examples:
  Rehearse without a tenant and without a file server:
    convoy practice

  Look at a share before anything else, without signing in:
    convoy assess /srv/projects --html assessment.html

  See what would happen, without writing anything:
    convoy copy --source /srv/projects --to "https://contoso.sharepoint.com/sites/projects/Shared Documents" --dry-run

  Copy, signed in as an application by certificate:
    export CONVOY_TENANT=contoso.onmicrosoft.com CONVOY_CLIENT_ID=1b2c... CONVOY_CERTIFICATE=/etc/convoy/app.pem
    convoy copy --source /srv/projects --to "https://contoso.sharepoint.com/sites/projects/Shared Documents"

  Look again, weeks later, and read one file in twenty back:
    convoy verify --deep --sample 5%

  Leave out what is old or not wanted, and see how much that is:
    convoy assess /srv/projects --modified-after 2019-01-01 --skip-extensions mp4,iso --skip-folders Archive --list-skipped

  Spare a file server that people work with, and read nothing while it is backed up:
    convoy copy --source /srv/projects --to "https://contoso.sharepoint.com/sites/projects/Shared Documents" --gentle-hours "Mon-Fri 08:00-18:00=25" --gentle-hours "01:00-03:00=0"

  Let another machine help: here, then there (convoy fleet --help tells more):
    convoy fleet promote && convoy fleet invite
    convoy join 'convoy-join:...' && convoy agent

  The same again later copies only what is new or changed:
    convoy copy --source /srv/projects --to "https://contoso.sharepoint.com/sites/projects/Shared Documents"`,
  assess: `Looks at everything in a folder and judges it as a copy would, without writing anything: what is ready, what gets another name, what is in the way and why, what the share is made of, and how long a copy takes with one machine or several.

Without --to nobody has to sign in; paths are then judged as in the standard library of a site whose name has 24 characters. The report (a page with pictures, CSV files of the scan, its findings, every item, what is in the way, changed names and, on demand, permissions and duplicates, and ScanSummary.csv in the columns of Migration Manager) is written to the data folder.

On Windows, CONVOY_SOURCE_USER and CONVOY_SOURCE_PASSWORD are the account under which the share of the source is opened.`,
  copy: `Copies a folder into SharePoint Online or OneDrive, verifies and reports.

The same source, destination and data folder are one task, however a Windows path is written: called again, it goes on where it stopped, or looks for what is new or changed since. It may be killed at any moment without loss. Ctrl+C finishes the files in flight; twice stops at once.

From where to where is said before the first byte, as SharePoint names the place. Progress goes to stderr: one line that is redrawn on a terminal, a line every ten seconds elsewhere. NODE_EXTRA_CA_CERTS and HTTPS_PROXY are honoured. On Windows, CONVOY_SOURCE_USER and CONVOY_SOURCE_PASSWORD are the account under which the share of the source is opened.`,
  import: `Makes a task of every row of a list: Migration Manager's six columns with or without their names, SPMT's eight, Mover's, one column of sources, two columns of source and destination, Migration Manager's JSON (the published sample as well), or our own columns: source, site, library, folder, name. UTF-8, UTF-16 and Windows-1252 are recognised, and so are commas, semicolons and tabs.

Every row is checked, by itself, beside the others and at both its ends: the source is opened, the place is looked up. What is wrong is told by line and cell, with what to do. Rows that are in order become tasks; the others do not, and --corrected writes them to a file to be mended. A row whose task is there already changes nothing, so that a list can be imported again and again.

How far it is goes to stderr. Ctrl+C ends it after the rows that are being looked at; said again, it goes on.

Answers 0 when every row is in order, 3 when some are not, 4 when it was ended before the last, 1 when the list could not be read.`,
  verify: `Looks again at what the last run of a task copied, and says grade by grade what it found: identical, rewritten by SharePoint, size equal, present, changed there since, differs, missing; and what was moved or renamed there. Only looks: nothing is written to the destination, and the results of the run stay as they were. What was found is a signed report of its own beside that of the run, and an entry in the story of the task.

The listing is read in full and compared with what was recorded: 2 resource units for 1,000 items. --deep reads the files back as well and compares them with the source byte by byte; Office documents that SharePoint rewrote are compared part by part; where the source is gone or changed, the hash counts that was recorded when the file was sent.

Ctrl+C ends it and leaves nothing behind; said again, it begins anew. Answers 0 when all is as it was copied, 3 when it is not, 1 when it could not be done.`,
  report: `Writes one list about all tasks, or those that are named, as CSV, for Excel or as JSON lines. It can be asked for at any time, while tasks run as well; no agent has to be up. On a machine that has joined another it is the coordinator's.

${Object.entries(projectExports)
  .map(([kind, { about }]) => `  ${kind.padEnd(18)} ${about}`)
  .join('\n')}

Times are in UTC. CSV has a byte order mark, and a ' before what a spreadsheet would take for a formula. Columns keep their names and places; new ones are added at the end.`,
  'check-manifest': `Checks a report that was handed over, with nothing but its folder: without a network, on any machine. Names each file that was altered or is missing, and of items.csv each line that was altered, added or removed.

A signature proves that nothing was changed since whoever has the key signed it; whose key it is, only the fingerprint tells. Compare it with the one that the machine printed after the run, or give it with --key.

Answers 0 when everything is as it was signed, 3 when it is not, 1 when there is no manifest.`,
  serve: `Serves the screen to browsers of this computer, on 127.0.0.1, until Ctrl+C. The address that is printed opens it once; the browser then holds a cookie. Without sign-in everything can be looked at and nothing can be copied.`,
  agent: `Lets this machine work without a window, until Ctrl+C: on its own tasks, or on those of the coordinator that it has joined. Started again it goes on where it stopped; it may be killed at any moment without loss.

While it works, other commands with the same data folder (status, fleet, join, leave) speak to it. Each machine signs in to Microsoft 365 itself (convoy sign-in, or by certificate); without that it can assess and cannot copy.`,
  'sign-in': `Signs a person in on this machine, in the browser of this computer or (--device-code) of any other, and keeps that, sealed, in the data folder. From then on copy, assess, verify, import, serve and agent need neither --tenant nor --client-id nor --certificate; where these are given, they go first.

Said again, it signs the same person in again. Copies that wait for that go on by themselves. Each machine of a fleet signs in for itself.

People sign in with an app that is registered in the organisation: platform for desktop applications with http://localhost, and for --device-code public client flows allowed. docs/guide/sign-in.md says how.`,
  'sign-out': `Forgets who is signed in on this machine, with all tokens that were kept. Copies under way wait until somebody signs in again; nothing is lost.`,
  status: `Says what this machine is in a fleet, which machines have joined it, and how far the tasks are: the coordinator's, where it has joined one.`,
  join: `Lets this machine work for another coordinator: its own tasks rest, and its screen shows the fleet. The invitation is the line that "convoy fleet invite" printed there; it names the coordinator's certificate, so nobody else can answer in its place.

Where the coordinator has to say yes, this command shows four words and waits. The coordinator shows the same ones in "convoy fleet list": if they differ, somebody else has used the invitation.`,
  leave: `Lets this machine be on its own again. What it was working on is given to others by the coordinator.`,
  fleet: `One machine is the coordinator: it has the tasks and hands out the work. The others join it, each with an invitation, and work for it. Any machine may die at any moment.

Between them is one TLS connection each, which the machine that joined opens: only the coordinator's port has to be reachable.`,
  fleetExamples: `Examples:
  On the coordinator, which then works with its screen in a browser:
    convoy fleet promote --address fs01.contoso.com
    convoy serve

  There as well, in another terminal, once for each machine:
    convoy fleet invite
    convoy fleet list
    convoy fleet accept PC-7

  On each of the others:
    convoy join 'convoy-join:...'
    convoy agent

  In a script, where nobody is to say yes:
    convoy fleet invite --accept --minutes 10

  When the coordinator is to be another machine, while the fleet works:
    convoy fleet move --to PC-7`,
  promote: `Lets other machines join this one: makes a key and a certificate, and listens for them while Convoy is at work here (convoy agent, convoy serve, the app). Said again, it changes port, interface and names and keeps the rest. The port has to be open in the firewall for the other machines.`,
  move: `Makes a machine that has joined the coordinator, while runs go on: it fetches the database of the fleet and the results of all runs, checks them, and opens its own port. When this machine has reached it there, it says where the coordinator is from now on, and works for it. The others follow by themselves, also those that are off now: this machine goes on telling them, as long as it is there and reachable. Until then anything may go wrong, and the fleet stays where it is. Open invitations are good no more. Reports that were written already stay here.`,
  demote: `Lets no machine join any more. Those that have joined are forgotten, with certificate and invitations: whoever is promoted later has to be joined anew. Tasks stay.`,
  invite: `Prints one line that lets one machine join: addresses, port, the fingerprint of the certificate, and a secret that is good once and for a limited time. Treat it like a password until it is used.`,
  list: `The machines that have joined, those that wait for a yes with the words to compare, and those that were sent away.`,
  accept: `Lets a machine in that waits for a yes, or one that was sent away. Compare its words first: it shows the same four as "convoy fleet list".`,
  revoke: `Sends a machine away: its connection ends at once and its key is worth nothing any more. What it copied stays accounted for; what it had in hand is given to others.`,
  rekey: `Said on a machine that has joined: it makes another key, and the coordinator takes it in place of the one before.`,
  practice: `Makes a practice share, starts a practice tenant beside it, copies the one into the other as in earnest (signed in by certificate), verifies and reports. Nothing leaves this computer. On a terminal the screen stays open until Ctrl+C; otherwise the command ends with the report.

Called again it goes on where it stopped, or makes a second run, which copies nothing. --fresh begins again: it deletes share, practice tenant and journal of earlier rehearsals, and nothing else. Share and tenant take about 0.8 GB.

The share holds one of everything that is hard to copy; some of it cannot be copied by any tool, so "complete with issues" is the expected end, and answers 0 here.`,
} as const;
