import { Menu, Tray } from 'electron';

/** The icon beside the clock, which is there as long as Convoy works without a window. */
export function showTray(
  icon: string,
  orders: { readonly open: () => void; readonly quit: () => void },
): Tray {
  const tray = new Tray(icon);
  tray.setToolTip('Convoy is copying');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open Convoy', click: orders.open },
      { label: 'Stop and quit', click: orders.quit },
    ]),
  );
  tray.on('click', orders.open);
  return tray;
}
