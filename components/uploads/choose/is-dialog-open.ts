/** Whether a dialog is open, which is then all that a person has to do with. */
export const isDialogOpen = () => document.querySelector('[role=dialog], [role=alertdialog]') !== null;
