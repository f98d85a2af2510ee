// A real OPC UA server for the tests, commanded by one JSON object per line on
// stdin; every command is answered by one line on stdout.
//
// FARSIDE_MODULES names the folder that holds node_modules. The one argument is
// JSON: { port, pki, before, bulk, open }: `before` registers a namespace ahead of the
// vendor's, so that the vendor's index moves; `bulk` adds that many variables; `open` offers
// no protection at all; `active` names tanks whose alarm is active from the start.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

// node-opcua warns on the console; stdout is for answers only.
for (const level of ["log", "info", "warn", "debug"]) console[level] = console.error;

const require = createRequire(join(process.env.FARSIDE_MODULES, "server.mjs"));
const {
  OPCUAServer, OPCUACertificateManager, LocalizedText, MessageSecurityMode, SecurityPolicy, StatusCodes, VariantArrayType,
} = require("node-opcua");

const { port, pki, before = "", bulk = 0, open = false, active = [] } = JSON.parse(process.argv[2]);
const certificates = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
const server = new OPCUAServer({
  port,
  hostname: "127.0.0.1",
  resourcePath: "/UA/farside",
  serverInfo: { applicationUri: "urn:farside:opcua" },
  serverCertificateManager: certificates,
  securityPolicies: open ? [SecurityPolicy.None] : [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
  securityModes: open ? [MessageSecurityMode.None] : [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
  userManager: { isValidUser: (user, password) => user === "operator" && password === "right" },
  // A rate of 0 hands on every change of a variable, however fast they come.
  serverCapabilities: { minSupportedSampleRate: 0, maxSessions: 100, operationLimits: { maxMonitoredItemsPerCall: 400, maxNodesPerRead: 500, maxNodesPerBrowse: 50 } },
});
await server.initialize();

const space = server.engine.addressSpace;
if (before) space.registerNamespace(before);
const vendor = space.registerNamespace("http://vendor.test/UA");
const objects = space.rootFolder.objects;
const folder = (parent, name) => vendor.addObject({ organizedBy: parent, browseName: name, nodeId: `s=${name}` });

function variable(parent, nodeId, name, dataType, value, more = {}) {
  return vendor.addVariable({ componentOf: parent, nodeId: `s=${nodeId}`, browseName: name, dataType, value: { dataType, ...more, value }, valueRank: more.arrayType === VariantArrayType.Array ? 1 : -1 });
}

const line = folder(objects, "Line1");
vendor.addAnalogDataItem({
  componentOf: line, nodeId: "s=Line1.Temp", browseName: "Temp", dataType: "Double",
  engineeringUnitsRange: { low: 0, high: 200 }, value: { dataType: "Double", value: 20 },
});
variable(line, "Line1.Count", "Count", "UInt32", 0);
variable(line, "Line1.Big", "Big", "UInt64", [0x00200000, 1], { arrayType: VariantArrayType.Scalar });
variable(line, "Line1.Running", "Running", "Boolean", true);
variable(line, "Line1.Order", "Order", "String", "OF-1");
variable(line, "Line1.Label", "Label", "LocalizedText", { text: "Remplisseuse", locale: "fr" });
variable(line, "Line1.Zones", "Zones", "Double", [1, 2, 3], { arrayType: VariantArrayType.Array });
for (const press of ["Press1", "Press2"]) {
  const hydraulics = vendor.addObject({ componentOf: folder(objects, press), browseName: "Hydraulics", nodeId: `s=${press}.Hydraulics` });
  variable(hydraulics, `${press}.Temperature`, "Temperature", "Double", 40);
  variable(hydraulics, `${press}.Pressure`, "Pressure", "Double", 180);
}
const many = folder(objects, "Bulk");
for (let i = 0; i < bulk; i++) variable(many, `Bulk.${i}`, `Item${i}`, "Int32", i);

// Areas are notifiers below the Server object. A tank is a source in an area; its alarm is told by
// both, and follows its level.
space.installAlarmsAndConditionsService();
const areas = Object.fromEntries(["North", "South"].map((name) => [name, vendor.addObject({
  organizedBy: objects, browseName: name, nodeId: `s=${name}`, eventNotifier: 1, notifierOf: objects.server,
})]));
function tank(area, name) {
  const source = vendor.addObject({ componentOf: areas[area], browseName: name, nodeId: `s=${name}`, eventNotifier: 1, eventSourceOf: areas[area] });
  const level = variable(source, `${name}.Level`, "Level", "Double", 50);
  vendor.instantiateNonExclusiveLimitAlarm("NonExclusiveLimitAlarmType", {
    componentOf: source, conditionSource: source, inputNode: level, nodeId: `s=${name}.Alarm`, browseName: "LevelAlarm", conditionName: "Level",
    lowLowLimit: -100, lowLimit: -50, highLimit: 90, highHighLimit: 1000,
    optionals: ["SuppressedState", "ConfirmedState", "Confirm"],
  });
}

const find = (id) => vendor.findNode(`s=${id}`);
const commands = {
  set({ node, type = "Double", value, status = "Good", at }) {
    for (const v of Array.isArray(value) ? value : [value]) {
      find(node).setValueFromSource({ dataType: v === undefined ? "Null" : type, value: v }, StatusCodes[status], at ? new Date(at) : new Date());
    }
  },
  // Without a value the new variable has a status only, until it is set.
  add({ node, type = "Double", value }) {
    vendor.addVariable({ componentOf: line, nodeId: `s=${node}`, browseName: node, dataType: type, ...(value === undefined ? {} : { value: { dataType: type, value } }) });
  },
  // Adds that many tanks: Name, or Name0, Name1 and so on.
  tank({ area = "North", node, count }) {
    if (count === undefined) tank(area, node);
    for (let i = 0; i < count; i++) tank(area, node + i);
  },
  // Tells a state of an alarm as it is given, whatever the level is.
  alarm({ node, count, active, severity = 500, message = node, locale = "fr" }) {
    for (const name of count === undefined ? [node] : Array.from({ length: count }, (_, i) => node + i)) {
      const alarm = find(`${name}.Alarm`);
      alarm.currentBranch().setActiveState(active);
      alarm.currentBranch().setAckedState(!active);
      alarm.raiseNewCondition({ severity, message: new LocalizedText({ text: message, locale }), quality: StatusCodes.Good, retain: active });
    }
  },
  acknowledge({ node, comment }) {
    const alarm = find(`${node}.Alarm`);
    alarm._acknowledge_branch(alarm.currentBranch().getEventId(), new LocalizedText(comment), alarm.currentBranch(), "test");
  },
  // Suppresses by design, as a logic in the controller does.
  suppress({ node, value }) {
    const alarm = find(`${node}.Alarm`);
    alarm.currentBranch().setSuppressedState(value);
    alarm.suppressedOrShelved.setValueFromSource({ dataType: "Boolean", value });
    alarm.raiseConditionEvent(alarm.currentBranch(), true);
  },
  // Says that the clients are to ask for all alarms again.
  refreshRequired: () => void objects.server.raiseEvent("RefreshRequiredEventType", {}),
  remove: ({ node }) => void space.deleteNode(find(node)),
  sessions: () => server.engine.currentSessionCount,
  subscriptions: () => server.engine.currentSubscriptionCount,
  // How many messages that client has not acknowledged yet.
  unacknowledged({ client }) {
    const sessions = Object.values(server.engine._sessions).filter((s) => s.sessionName === client);
    const subscriptions = sessions.flatMap((s) => s.publishEngine.subscriptions);
    return subscriptions.reduce((n, s) => n + s.getAvailableSequenceNumbers().length, 0);
  },
};

for (const node of active) {
  commands.tank({ node });
  commands.alarm({ node, active: true });
}

await server.start();
const answer = (o) => process.stdout.write(JSON.stringify(o) + "\n");
createInterface({ input: process.stdin })
  .on("line", (text) => {
    try {
      const command = JSON.parse(text);
      answer({ ok: true, result: commands[command.op](command) });
    } catch (error) {
      answer({ ok: false, error: String(error) });
    }
  })
  .on("close", () => process.exit(0));
answer({ ready: true });
