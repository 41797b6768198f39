# Tries the installer of dist/ on a Windows machine: installs it silently for this user, starts the program once without
# a window, and uninstalls it. The trial start ends with 0 when the page was loaded and has reached the machine.
$ErrorActionPreference = 'Stop'

$setup = Get-ChildItem dist/Convoy-Setup-*.exe | Select-Object -First 1
if (-not $setup) { throw 'dist/ holds no installer: npm run dist makes it' }

$target = Join-Path $env:RUNNER_TEMP 'Convoy'
$install = Start-Process $setup.FullName -ArgumentList '/S', '/currentuser', "/D=$target" -Wait -PassThru
if ($install.ExitCode -ne 0) { throw "the installer ended with $($install.ExitCode)" }

$program = Join-Path $target 'Convoy.exe'
if (-not (Test-Path $program)) { throw "$program was not installed" }

$env:CONVOY_DATA = Join-Path $env:RUNNER_TEMP 'convoy-data'
$start = Start-Process $program -ArgumentList '--smoke' -Wait -PassThru
if ($start.ExitCode -ne 0) { throw "the trial start ended with $($start.ExitCode)" }

# What the fuses forbid must not work on the installed program.
$env:ELECTRON_RUN_AS_NODE = '1'
$asNode = Start-Process $program -ArgumentList '-e', 'process.exit(42)', '--smoke' -Wait -PassThru
Remove-Item Env:ELECTRON_RUN_AS_NODE
if ($asNode.ExitCode -eq 42) { throw 'the program can be used as Node: the fuse is not burnt' }

$uninstaller = Join-Path $target 'Uninstall Convoy.exe'
$uninstall = Start-Process $uninstaller -ArgumentList '/S', '/currentuser' -Wait -PassThru
if ($uninstall.ExitCode -ne 0) { throw "the uninstaller ended with $($uninstall.ExitCode)" }
# It goes on from a copy of itself after its first process has ended.
for ($i = 0; $i -lt 60 -and (Test-Path $program); $i++) { Start-Sleep -Seconds 1 }
if (Test-Path $program) { throw 'the program is still there after it was uninstalled' }
Write-Output 'Installed, started, refused to be Node, uninstalled.'
