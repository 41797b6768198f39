/** What `--help` teaches. */
export const helpTexts = {
  convoy: `Copies Windows file shares and folders into SharePoint Online and OneDrive, checks every copy, and reports what became of each file. The source is only ever read.`,
  summary: {
    assess: 'judge a folder before anything is copied: what is ready, what is in the way, how long it takes',
    copy: 'copy a folder into a library or OneDrive, verify and report',
    import: 'make tasks of a list: CSV or JSON, every row checked before anything is made',
    verify: 'look again at what was copied: from the listing of the destination, or reading the files back',
    'check-manifest': 'check a report that was handed over: whether it is as the machine signed it',
    serve: 'show the screen in a browser of this computer',
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

Answers 0 when every row is in order, 3 when some are not, 1 when the list could not be read.`,
  verify: `Looks again at what the last run of a task copied, and says grade by grade what it found: identical, rewritten by SharePoint, size equal, present, changed there since, differs, missing; and what was moved or renamed there. Only looks: nothing is written to the destination, and the results of the run stay as they were. What was found is a signed report of its own beside that of the run, and an entry in the story of the task.

The listing is read in full and compared with what was recorded: 2 resource units for 1,000 items. --deep reads the files back as well and compares them with the source byte by byte; Office documents that SharePoint rewrote are compared part by part; where the source is gone or changed, the hash counts that was recorded when the file was sent.

Ctrl+C ends it and leaves nothing behind; said again, it begins anew. Answers 0 when all is as it was copied, 3 when it is not, 1 when it could not be done.`,
  'check-manifest': `Checks a report that was handed over, with nothing but its folder: without a network, on any machine. Names each file that was altered or is missing, and of items.csv each line that was altered, added or removed.

A signature proves that nothing was changed since whoever has the key signed it; whose key it is, only the fingerprint tells. Compare it with the one that the machine printed after the run, or give it with --key.

Answers 0 when everything is as it was signed, 3 when it is not, 1 when there is no manifest.`,
  serve: `Serves the screen to browsers of this computer, on 127.0.0.1, until Ctrl+C. The address that is printed opens it once; the browser then holds a cookie. Without sign-in everything can be looked at and nothing can be copied.`,
  practice: `Makes a practice share, starts a practice tenant beside it, copies the one into the other as in earnest (signed in by certificate), verifies and reports. Nothing leaves this computer. On a terminal the screen stays open until Ctrl+C; otherwise the command ends with the report.

Called again it goes on where it stopped, or makes a second run, which copies nothing. --fresh begins again: it deletes share, practice tenant and journal of earlier rehearsals, and nothing else. Share and tenant take about 0.8 GB.

The share holds one of everything that is hard to copy; some of it cannot be copied by any tool, so "complete with issues" is the expected end, and answers 0 here.`,
} as const;
