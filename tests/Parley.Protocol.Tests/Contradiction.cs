using System.Text.RegularExpressions;

namespace Parley.Protocol.Tests;

/// <summary>Where what we send differs from the published schemas, knowingly.</summary>
/// <param name="Source">The row of protocol chapter 26, or the section that decides.</param>
/// <param name="Reason">Why we do not follow the schema.</param>
/// <param name="Error">Which errors it explains: a pattern over <c>Kind path</c>.</param>
/// <param name="Frame">In which frames: a pattern over the frame.</param>
/// <param name="Sample">A frame that shows it.</param>
public sealed record Contradiction(string Source, string Reason, string Error, string Frame, string Sample)
{
    private const string Event = """{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"d","conversationId":"d","changes":[{"sequence":1,"serverTimestamp":1,"originatorId":"a","originatorPId":"a","originatorMetadata":{"id":"a","role":"CONSUMER"},"event":EVENT,"conversationId":"d","dialogId":"d","messageAudience":"ALL"}]}}""";

    public static readonly IReadOnlyList<Contradiction> Known =
    [
        new("10.4", "A chat state has neither number nor time; the schema asks for both in every event.",
            @"^PropertyRequired #/body/changes\[0\]\.(sequence|serverTimestamp)$", "\"ChatStateEvent\"",
            """{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"d","conversationId":"d","changes":[{"originatorId":"a","originatorPId":"a","originatorMetadata":{"id":"a","role":"CONSUMER"},"event":{"type":"ChatStateEvent","chatState":"ACTIVE"},"conversationId":"d","dialogId":"d","messageAudience":"ALL"}]}}"""),
        new("26.13", "The tree of a card is in `content` in all practice, in `message` in the schema; it is forwarded as it came.",
            @"^NotOneOf #/body/changes\[0\]\.event$", "\"RichContentEvent\",\"content\"",
            Event.Replace("EVENT", """{"type":"RichContentEvent","content":{"type":"vertical","elements":[]}}""", StringComparison.Ordinal)),
        new("10.2", "A file's `contentType` is `hosted/file` and newer file types exist; both are forwarded as they came.",
            @"^NotOneOf #/body/changes\[0\]\.event$", "\"hosted/file\"",
            Event.Replace("EVENT", """{"type":"ContentEvent","contentType":"hosted/file","message":{"caption":"","relativePath":"/x","fileType":"JPEG"}}""", StringComparison.Ordinal)),
        new("26.27", "Receipts newer than the schema are forwarded.",
            @"^NotOneOf #/body/changes\[0\]\.event$", "\"AcceptStatusEvent\"",
            Event.Replace("EVENT", """{"type":"AcceptStatusEvent","status":"VIEWED","sequenceList":[0]}""", StringComparison.Ordinal)),
        new("26.27", "Roles newer than the schema are shown.",
            @"^NotInEnumeration #/body/changes\[0\]\.result\.conversationDetails\.participants\[\d+\]\.role$", "\"role\":\"(AGENT|READER|CONTROLLER)\"",
            """{"kind":"notification","type":"cqm.ExConversationChangeNotification","body":{"subscriptionId":"s","sentTs":1,"changes":[{"type":"UPSERT","result":{"convId":"c","conversationDetails":{"participants":[{"id":"r","role":"READER"}],"state":"OPEN","startTs":1}}}]}}"""),
        new("26.26", "An agent may be OCCUPIED, which the schema does not list.",
            @"^NotInEnumeration #/body/changes\[0\]\.result\.availability$", "\"OCCUPIED\"",
            """{"kind":"notification","type":"routing.AgentStateNotification","body":{"subscriptionId":"s","changes":[{"type":"UPSERT","result":{"channels":["MESSAGING"],"availability":"OCCUPIED","description":"","agentUserId":"a"}}]}}"""),
    ];

    public bool Explains(string error, string frame) => Regex.IsMatch(error, Error) && Regex.IsMatch(frame, Frame);
}
