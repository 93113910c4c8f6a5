// Writes aid.xlsb, aid5.xls, aid2.xls and grants.xlsb with SheetJS 0.18.5: npm install xlsx@0.18.5 && node make.cjs
const X = require("xlsx");
const sheet = X.utils.aoa_to_sheet([
  ["Register of aid"],
  ["Donor", "Recipient", "Amount EUR", "Date", "Share", "Paid", "Purpose"],
  ["Norway", "Поліція України", 1234.5, null, 0.25, true, "radios"],
  [null, "Guard", 300, 41640, 0.125, false, "boats"],
  ["Sweden", "Court", null, "29.12.2011", null, null, "#N/A means nothing"],
  ["Fonds d'équipement", "Court", 7, null, null, null, "a\nb"],
]);
sheet.D3 = { t: "n", v: 40179, z: "yyyy-mm-dd" };
sheet.D6 = { t: "n", v: 40179.5, z: "dd/mm/yyyy hh:mm" };
sheet.E3.z = "0%";
sheet.E4.z = "0.0%";
sheet.C5 = { t: "e", v: 0x07, w: "#DIV/0!" };
sheet["!merges"] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 6 } }, { s: { r: 2, c: 0 }, e: { r: 3, c: 0 } }];
sheet["!rows"] = [, , , , , { hidden: true }];
sheet["!cols"] = [{}, {}, {}, {}, {}, { hidden: true }];
const aid = X.utils.book_new();
X.utils.book_append_sheet(aid, sheet, "Aid 2011");
X.utils.book_append_sheet(aid, X.utils.aoa_to_sheet([["From", "To", "Relation"], ["X", "Y", "funds"]]), "Drafts");
aid.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
X.writeFile(aid, "aid.xlsb", { bookType: "xlsb", compression: true });
X.writeFile(aid, "aid5.xls", { bookType: "biff5" });
X.writeFile(aid, "aid2.xls", { bookType: "biff2" });
const grants = X.utils.book_new();
X.utils.book_append_sheet(grants, X.utils.aoa_to_sheet([
  ["Number", "Donor", "Kind", "Recipient", "Sum", "Day"],
  ["1;2", "Norway;Roads; Bridges", "state", "Рада", "1 234,50", "29.12.2011"],
  ["3", "Fund", "", "Рада", "(300)", "2011"],
]), "Grants");
X.writeFile(grants, "grants.xlsb", { bookType: "xlsb", compression: true });
