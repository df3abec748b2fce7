using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Parley.Protocol.Tests;

public sealed class SchemaTests
{
    private static string Folder => Path.Combine(RepositoryRoot.Path, "src/Parley.Protocol/Schemas");

    [Fact]
    public void Every_request_and_every_answer_to_one_has_a_schema_in_every_dialect()
    {
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            foreach (var (name, verb) in Verbs.All)
            {
                Assert.True(Schemas.Find(name, SchemaDirection.Request, dialect) is not null, $"{name} in {dialect}");
                var response = Verbs.ResponseType(verb, dialect);
                Assert.True(Schemas.Find(response, SchemaDirection.Response, dialect) is not null, $"{response} in {dialect}");
            }
        }
    }

    [Fact]
    public void Every_type_name_of_the_wire_has_a_schema()
    {
        var known = Schemas.All.Select(e => e.Type).ToHashSet();

        Assert.All(typeof(TypeNames).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!), name => Assert.Contains(name, known));
    }

    [Fact]
    public void The_index_names_every_type_once_per_direction_and_dialect_and_only_files_that_exist()
    {
        Assert.All(Schemas.All.SelectMany(e => e.Dialects, (e, d) => (e.Type, e.Direction, d)).GroupBy(k => k), g => Assert.Single(g));
        Assert.All(Schemas.All, e => Schemas.Read(e.Path));
        Assert.Null(Schemas.Find("no.such.Type", SchemaDirection.Request, Dialect.V3));
        Assert.Null(Schemas.Find(TypeNames.OnlineEventDistribution, SchemaDirection.Notification, Dialect.V3));
        Assert.Throws<FileNotFoundException>(() => Schemas.Read("no/such.json"));
    }

    [Fact]
    public void Every_schema_says_what_it_is_and_shows_frames()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Where(p => p != "index.json"))
        {
            var schema = JsonNode.Parse(Schemas.Read(path))!;
            Assert.False(string.IsNullOrWhiteSpace((string?)schema["title"]), $"{path} has no title");
            Assert.False(string.IsNullOrWhiteSpace((string?)schema["description"]), $"{path} has no description");
            Assert.True(Schemas.All.All(e => e.Path != path) || SchemaExamples.Of(schema.ToJsonString()).Count > 0, $"{path} has no examples");
        }
    }

    [Fact]
    public async Task Every_example_validates_in_its_dialects()
    {
        var count = 0;
        foreach (var entry in Schemas.All)
        {
            foreach (var example in SchemaExamples.Of(Schemas.Read(entry.Path)))
            {
                var frame = JsonNode.Parse(example)!;
                frame["type"] = entry.Type;
                foreach (var dialect in entry.Dialects)
                {
                    var errors = await SchemaValidator.ValidateAsync(frame.ToJsonString(), entry.Direction, dialect);
                    Assert.True(errors.Count == 0, $"{entry.Type} in {dialect}: {string.Join("; ", errors)}{Environment.NewLine}{example}");
                    count++;
                }
            }
        }

        Assert.True(count > 100, $"Only {count} examples were tried.");
    }

    [Fact]
    public async Task The_examples_of_the_pieces_validate_too()
    {
        foreach (var name in (string[])["content-event", "rich-content-event", "accept-status-event", "chat-state-event"])
        {
            var json = Schemas.Read($"common/{name}.json");
            var schema = await JsonSchema.FromJsonAsync(json);
            Assert.All(SchemaExamples.Of(json), example => Assert.Empty(schema.Validate(example)));
        }
    }

    /// <summary>What the server sends is described strictly: take any required member away, anywhere, and the frame is wrong.</summary>
    [Fact]
    public async Task A_sent_frame_with_a_member_missing_is_refused()
    {
        string[] optional = ["lastContentEventNotification", "context", "closeReason", "endTs", "closedBy", "eventId", "firstName", "lastName", "personal"];
        var tried = 0;
        foreach (var (entry, dialect, frame) in SchemaExamples.Frames().Where(f => f.Entry.Direction != SchemaDirection.Request))
        {
            foreach (var path in MemberPaths(JsonNode.Parse(frame)!))
            {
                var broken = JsonNode.Parse(frame)!;
                var parent = path.SkipLast(1).Aggregate(broken, (node, step) => step is int i ? node[i]! : node[(string)step]!);
                var name = (string)path[^1];
                if (optional.Contains(name) || IsFree(entry, path)) continue;
                parent.AsObject().Remove(name);
                var errors = await SchemaValidator.ValidateSentAsync(broken.ToJsonString(), dialect);
                Assert.True(errors.Count > 0, $"{entry.Type} in {dialect} validates without {string.Join('.', path)}");
                tried++;
            }
        }

        Assert.True(tried > 200, $"Only {tried} members were taken away.");
    }

    [Theory]
    [InlineData("""{"kind":"resp","reqId":1,"code":200,"type":"GetClockResponse","body":{"currentTime":1}}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":"OK","type":"GetClockResponse","body":{"currentTime":1}}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":200,"type":"GetClockResponse","body":null}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":200,"type":"GetClockResponse"}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":200,"type":".GetClock$Response","body":{"currentTime":1}}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":400,"type":".ReqBody$StringResp","body":"refused"}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":400,"type":".ReqBody$ErrorResp","body":"refused"}""")]
    [InlineData("""{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"d","conversationId":"d","changes":{}}}""")]
    [InlineData("""{"kind":"notification","type":"cqm.ExConversationChangeNotification","body":{"subscriptionId":"s","sentTs":1,"changes":[{"type":"CHANGED","result":{}}]}}""")]
    [InlineData("""{"kind":"req","id":"1","type":"GetClock"}""")]
    public async Task A_frame_that_breaks_a_client_is_refused(string frame) => Assert.NotEmpty(await SchemaValidator.ValidateSentAsync(frame, Dialect.V3));

    [Theory]
    [InlineData("""{"id":1,"type":"GetClock"}""")]
    [InlineData("""{"id":"1","type":"GetClock","headers":true}""")]
    [InlineData("""{"id":"1","type":"GetClock","headers":null,"metadata":null,"encodedMetadata":null}""")]
    [InlineData("""{"id":"1","type":".ams.userprofile.GetUserProfile","body":"somebody"}""")]
    [InlineData("""{"id":"1","type":"cm.UpdateConversationField","body":{"conversationId":"c","conversationField":{"field":"Stage","conversationState":"CLOSE"}}}""")]
    [InlineData("""{"id":"1","type":"cm.ConsumerRequestConversation"}""")]
    [InlineData("""{"id":"1","type":"cm.ConsumerRequestConversation","body":{"skillId":12,"ttrDefName":null}}""")]
    [InlineData("""{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":3}}}""")]
    [InlineData("""{"id":"1","type":"ms.SubscribeMessagingEvents","body":{"dialogId":"d","fromSeq":"3"}}""")]
    [InlineData("""{"id":"1","type":"cqm.SubscribeExConversations","body":{"convState":"OPEN","agentIds":7}}""")]
    public async Task What_real_clients_send_is_accepted(string frame)
    {
        Assert.Empty(await SchemaValidator.ValidateAsync(frame, SchemaDirection.Request, Dialect.V3));
        Assert.Empty(await SchemaValidator.ValidateAsync(frame, SchemaDirection.Request, Dialect.V21));
    }

    [Theory]
    [InlineData("""{"id":"1","type":"ms.PublishEvent","body":{"event":{"type":"ChatStateEvent","chatState":"GONE"}}}""")]
    [InlineData("""{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"UnknownEvent"}}}""")]
    [InlineData("""{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"ContentEvent"}}}""")]
    [InlineData("""{"id":"1","type":"ms.PublishEvent"}""")]
    [InlineData("""{"id":"1","type":"cm.UpdateConversationField","body":{"conversationId":"c","conversationField":{"field":"Stage","conversationState":"OPEN"}}}""")]
    [InlineData("""{"id":"1","type":"routing.UpdateRingState","body":{"ringId":"r","ringState":"WAITING"}}""")]
    [InlineData("""{"id":"1","type":"InitConnection"}""")]
    [InlineData("""{"type":"GetClock"}""")]
    public async Task What_the_server_refuses_does_not_validate(string frame) =>
        Assert.NotEmpty(await SchemaValidator.ValidateAsync(frame, SchemaDirection.Request, Dialect.V3));

    // What clients chose (events, contexts) and maps are described as free.
    private static bool IsFree(SchemaEntry entry, object[] path) =>
        path.SkipLast(1).Any(step => step is "event" or "context" or "personal" or "originatorClientProperties" or "participantsPId" or "numberOfunreadMessages")
        || path.SkipLast(1).LastOrDefault() is "participants"
        || (entry.Type is TypeNames.SubscribeResponse or TypeNames.SubscribeResponseV2 && path[^1] is "subscriptionId");

    private static IEnumerable<object[]> MemberPaths(JsonNode node)
    {
        switch (node)
        {
            case JsonObject value:
                foreach (var (name, member) in value)
                {
                    yield return [name];
                    if (member is null) continue;
                    foreach (var path in MemberPaths(member)) yield return [name, .. path];
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    foreach (var path in MemberPaths(items[i]!)) yield return [i, .. path];
                }

                break;
        }
    }
}
