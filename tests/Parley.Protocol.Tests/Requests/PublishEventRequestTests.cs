using System.Text;
using Parley.Protocol.Requests;

namespace Parley.Protocol.Tests.Requests;

public sealed class PublishEventRequestTests
{
    [Fact]
    public void A_text_is_taken_as_it_came()
    {
        var body = """{"eventId":"e1","conversationId":"c","event":{"message":"Hi \u00e9","x":{"type":"y"},"contentType":"text/plain","type":"ContentEvent"},"dialogId":"d\u0031"}""";

        Assert.Null(Read(body, out var request));

        Assert.Equal(("d1", "e1", EventType.Content, false), (Encoding.UTF8.GetString(request.DialogId), request.EventId, request.EventType, request.IsPrivate));
        Assert.Equal("""{"message":"Hi \u00e9","x":{"type":"y"},"contentType":"text/plain","type":"ContentEvent"}""", Encoding.UTF8.GetString(request.Event));
    }

    [Theory]
    [InlineData("[1,2]", "1,2")]
    [InlineData("3", "3")]
    [InlineData("\"4\"", "4")]
    [InlineData("[\"5\",6]", "5,6")]
    [InlineData("[]", "")]
    [InlineData("[9],\"sequenceList\":[7]", "7")]
    [InlineData("[\"8\"],\"e\":\"\\u00e9<\"", "8")]
    public void A_receipt_names_numbers_in_any_form(string list, string expected)
    {
        Assert.Null(Read($$$"""{"dialogId":"d","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":{{{list}}}}}""", out var request));

        Assert.Equal((expected, true), (string.Join(',', request.Sequences!), request.IsRead));
        var passedOn = System.Text.Json.Nodes.JsonNode.Parse(request.Event)!;
        Assert.Equal(("AcceptStatusEvent", "READ", $"[{expected}]"), ((string?)passedOn["type"], (string?)passedOn["status"], passedOn["sequenceList"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("""{"type":"ContentEvent","contentType":"text/plain","message":"x"}""")]
    [InlineData("""{"type":"ContentEvent","message":"x"}""")]
    [InlineData("""{"type":"RichContentEvent","content":{"type":"vertical","elements":[]}}""")]
    [InlineData("""{"type":"RichContentEvent","message":{"type":"vertical","elements":[]},"content":null}""")]
    [InlineData("""{"type":"ContentEvent","contentType":"forms/secure-invitation","message":{"formId":"f","invitationId":7,"title":"Card","x":1}}""")]
    [InlineData("""{"type":"ContentEvent","contentType":"forms\/secure-submission","message":{"submissionId":"s","invitationId":"i"}}""")]
    [InlineData("""{"type":"ContentEvent","contentType":"forms/new-one","message":{}}""")]
    [InlineData("""{"type":"ContentEvent","message":"x","quickReplies":{"type":"quickReplies","replies":[]}}""")]
    [InlineData("""{"type":"ContentEvent","message":"x","quickReplies":null}""")]
    [InlineData("""{"type":"ContentEvent","contentType":"hosted/file","message":{"relativePath":"p","fileType":"PNG"}}""")]
    [InlineData("""{"message":{"relativePath":"p","fileType":"IMG","caption":null,"preview":{"any":1}},"contentType":"HostedFile","type":"ContentEvent"}""")]
    [InlineData("""{"type":"ChatStateEvent","chatState":"COMPOSING"}""")]
    [InlineData("""{"type":"AcceptStatusEvent","status":"SOMETHING_NEW","sequenceList":[0]}""")]
    public void What_clients_publish_is_accepted(string e) => Assert.Null(Read($$"""{"dialogId":"d","event":{{e}}}""", out _));

    [Fact]
    public void Numbers_stand_for_ids()
    {
        Assert.Null(Read("""{"dialogId":7,"eventId":8,"event":{"type":"ContentEvent","message":"x"}}""", out var request));

        Assert.Equal(("7", "8"), (Encoding.UTF8.GetString(request.DialogId), request.EventId));
    }

    [Theory]
    [InlineData("""{"type":"ContentEvent","contentType":null,"message":"\u00e9 é","quickReplies":null,"x":{"y":null}}""", """{"type":"ContentEvent","message":"é é","x":{"y":null}}""")]
    [InlineData("""{"content":{"type":"vertical","elements":[]},"message":null,"type":"RichContentEvent"}""", """{"content":{"type":"vertical","elements":[]},"type":"RichContentEvent"}""")]
    public void A_member_of_an_event_that_is_null_is_absent_for_those_who_are_shown_it(string e, string shown)
    {
        Assert.Null(Read($$"""{"dialogId":"d","event":{{e}} }""", out var request));

        Assert.Equal(shown, Encoding.UTF8.GetString(request.Event));
    }

    [Theory]
    [InlineData("""{}""", "dialogId is missing")]
    [InlineData("""[]""", "body must be an object")]
    [InlineData("""{"dialogId":["d"],"event":{"type":"ContentEvent","message":"x"}}""", "dialogId must be text")]
    [InlineData("""{"dialogId":"d","eventId":{},"event":{"type":"ContentEvent","message":"x"}}""", "eventId must be text")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":7,"message":"x"}}""", "event.contentType must be text")]
    [InlineData("""{"dialogId":"d","event":{"type":"ChatStateEvent","chatState":{}}}""", "event.chatState is missing")]
    [InlineData("""{"dialogId":"d"}""", "event is missing")]
    [InlineData("""{"dialogId":"d","event":"x"}""", "event is missing")]
    [InlineData("""{"dialogId":"d","event":{}}""", "event.type is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"Other"}}""", "event.type is not known")]
    [InlineData("""{"dialogId":"d","event":{"type":7}}""", "event.type is not known")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent"}}""", "event.message must be text")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","message":{}}}""", "event.message must be text")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"hosted/file"}}""", "event.message is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"hosted/file","message":"x"}}""", "event.message.relativePath is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"hosted/file","content":{"relativePath":"p","fileType":"PNG"}}}""", "event.message.relativePath is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"HostedFile","message":{"relativePath":7,"fileType":"PNG"}}}""", "event.message.relativePath is missing")]
    [InlineData("""{"dialogId":"d","event":{"message":{"relativePath":"p"},"type":"ContentEvent","contentType":"hosted/file"}}""", "event.message.fileType is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"hosted/file","message":{"relativePath":"p","fileType":"PNG","caption":[1]}}}""", "event.message.caption must be text")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"hosted/file","message":{"relativePath":"p","fileType":"PNG","caption":"123456789"}}}""", "event.message.caption is longer than the limit")]
    [InlineData("""{"dialogId":"d","event":{"type":"RichContentEvent","content":"x"}}""", "event.content must be an object")]
    [InlineData("""{"dialogId":"d","event":{"type":"RichContentEvent","content":{"type":"vertical"}}}""", "event.content.elements is missing")]
    [InlineData("""{"dialogId":"d","event":{"message":{"type":"button"},"content":null,"type":"RichContentEvent"}}""", "event.message.title is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"RichContentEvent","content":{"type":"text","text":"x"},"message":[]}}""", "event.message must be an object")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","message":"x","quickReplies":[]}}""", "event.quickReplies must be an object")]
    [InlineData("""{"dialogId":"d","event":{"type":"RichContentEvent","content":{"type":"text","text":"x"},"quickReplies":{"replies":[{"type":"button"}]}}}""", "event.quickReplies.replies[0].title is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"forms/secure-invitation","message":"x"}}""", "event.message must be an object")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"forms/secure-invitation","message":{"formId":"f","title":"t"}}}""", "event.message.invitationId is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","contentType":"forms/secure-submission","message":{"invitationId":"f","submissionId":{}}}}""", "event.message.submissionId is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"AcceptStatusEvent","sequenceList":[1]}}""", "event.status is missing")]
    [InlineData("""{"dialogId":"d","event":{"type":"AcceptStatusEvent","status":"READ"}}""", "event.sequenceList must be a list of numbers")]
    [InlineData("""{"dialogId":"d","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":[1,"x",{}]}}""", "event.sequenceList must be a list of numbers")]
    [InlineData("""{"dialogId":"d","event":{"type":"ChatStateEvent"}}""", "event.chatState is missing")]
    [InlineData("""{"dialogId":"d","messageAudience":"SOME","event":{"type":"ContentEvent","message":"x"}}""", "messageAudience must be ALL or AGENTS_AND_MANAGERS")]
    [InlineData("""{"dialogId":"d","eventId":"","event":{"type":"ContentEvent","message":"x"}}""", "eventId must have 1 to 64 characters")]
    [InlineData("""{"dialogId":"d","event":{"type":"ContentEvent","message":"123456789"}}""", "message is longer than the limit")]
    public void A_refusal_names_the_member(string body, string expected) => Assert.Equal(expected, Read(body, out _, maxText: 8));

    [Fact]
    public void Lengths_are_counted_in_characters()
    {
        Assert.Null(Read($$$"""{"dialogId":"d","eventId":"{{{new string('é', 64)}}}","event":{"type":"ContentEvent","message":"\u00e9\u00e9\u00e9\u00e9日本日本"}}""", out _, maxText: 8));
        Assert.NotNull(Read($$$"""{"dialogId":"d","eventId":"{{{new string('é', 65)}}}","event":{"type":"ContentEvent","message":"x"}}""", out _));
    }

    [Theory]
    [InlineData("\"AGENTS_AND_MANAGERS\"", true)]
    [InlineData("\"ALL\"", false)]
    [InlineData("null", false)]
    public void The_audience_is_everybody_unless_told(string audience, bool isPrivate)
    {
        Assert.Null(Read($$$"""{"dialogId":"d","messageAudience":{{{audience}}},"event":{"type":"ContentEvent","message":"x"}}""", out var request));
        Assert.Equal(isPrivate, request.IsPrivate);
    }

    [Fact]
    public void A_file_is_named_and_its_preview_is_bounded()
    {
        Assert.Null(Read(File("p\\u0031", preview: HostedFile.LongestPreview), out var request));
        Assert.Equal("p1", request.FilePath);
        Assert.Equal("p1", HostedFile.PathOf(request.Event));
        Assert.Equal("event.message.preview is larger than 30 kB", Read(File("p", preview: HostedFile.LongestPreview + 1), out _));

        static string File(string path, int preview) =>
            $$$"""{"dialogId":"d","event":{"type":"ContentEvent","message":{"preview":"{{{new string('x', preview)}}}","relativePath":"{{{path}}}","fileType":"PNG"},"contentType":"hosted/file"}}""";
    }

    [Theory]
    [InlineData("""{"type":"ContentEvent","contentType":"text/plain","message":"x"}""")]
    [InlineData("""{"type":"ContentEvent","contentType":"forms/secure-submission","message":{"submissionId":"s","invitationId":"i","relativePath":"p","fileType":"PNG"}}""")]
    [InlineData("""{"type":"RichContentEvent","contentType":"hosted/file","content":{"type":"vertical","elements":[]},"message":{"type":"vertical","elements":[],"relativePath":"p","fileType":"PNG"}}""")]
    public void Other_events_name_no_file(string e)
    {
        Assert.Null(Read($$"""{"dialogId":"d","event":{{e}}}""", out var request));
        Assert.Null(request.FilePath);
    }

    private static string? Read(string body, out PublishEventRequest request, int maxText = 8000) =>
        PublishEventRequest.TryRead(Encoding.UTF8.GetBytes(body), maxText, out request, out var error) ? null : error;
}
