namespace Parley.Protocol.Tests;

public sealed class PublishedSchemasTests
{
    [Fact]
    public void What_v3_connections_get_validates_but_for_the_known_contradictions()
    {
        var published = Published();
        var frames = SentFrames.All().Where(f => f.Dialect == Dialect.V3).Select(f => f.Frame)
            .Concat(SchemaExamples.Frames().Where(f => f.Dialect == Dialect.V3 && f.Entry.Direction != SchemaDirection.Request).Select(f => f.Frame));
        foreach (var frame in frames)
        {
            var errors = published.Unexplained(frame);
            Assert.True(errors.Count == 0, $"{string.Join("; ", errors)}{Environment.NewLine}{frame}");
        }
    }

    [Fact]
    public void A_contradiction_is_listed_only_while_it_is_one()
    {
        var published = Published();
        foreach (var contradiction in Contradiction.Known)
        {
            Assert.True(
                published.Validate(contradiction.Sample).Any(error => contradiction.Explains(error, contradiction.Sample)),
                $"{contradiction.Source} is none any more: {contradiction.Reason} {string.Join("; ", published.Validate(contradiction.Sample))}");
        }
    }

    [Theory]
    [InlineData("""{"kind":"resp","reqId":"1","code":"200","type":"GetClockResponse","body":{}}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":200,"type":"cm.RequestConversationResponse","body":{}}""")]
    [InlineData("""{"kind":"resp","reqId":"1","code":200,"type":".ams.GenericSubscribeResponse","body":"OK"}""")]
    [InlineData("""{"kind":"notification","type":"ms.MessagingEventNotification","body":{}}""")]
    [InlineData("""{"kind":"notification","type":"cqm.ExConversationChangeNotification","body":{"subscriptionId":"s","changes":[{"type":"UPSERT","result":{"convId":"c"}}]}}""")]
    public void A_broken_frame_is_refused(string frame) => Assert.NotEmpty(Published().Validate(frame));

    private static PublishedSchemas Published()
    {
        var published = PublishedSchemas.Find();
        Assert.SkipWhen(published is null, "The published schemas are not here: no folder shared/reference/schema beside the repository.");
        return published!;
    }
}
