using System.Text;
using Parley.Protocol.Envelope;

namespace Parley.Protocol.Tests.Envelope;

public sealed class RequestEnvelopeTests
{
    [Fact]
    public void The_parts_of_a_request_are_slices_of_its_frame()
    {
        var (envelope, error) = Read("""{"kind":"req", "id":"a\"1", "type":"ms.PublishEvent", "body": {"x":[1, 2]}, "headers":[{"type":"h"}], "metadata":[{"m":1}], "other":{"id":2}}""");

        Assert.Null(error);
        Assert.Equal(("a\\\"1", "ms.PublishEvent", "{\"x\":[1, 2]}", "[{\"type\":\"h\"}]", "[{\"m\":1}]"), envelope);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    public void Headers_that_are_no_list_are_none(string value)
    {
        var (envelope, error) = Read($$"""{"headers":{{value}},"id":1,"type":"t"}""");

        Assert.Null(error);
        Assert.Equal(("1", "t", "", "", ""), envelope);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"x"}""")]
    public void A_single_header_may_stand_for_a_list(string value)
    {
        var (envelope, error) = Read($$"""{"headers":{{value}},"id":1,"type":"t"}""");

        Assert.Null(error);
        Assert.Equal(("1", "t", "", value, ""), envelope);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("[ ]", "")]
    [InlineData("{}", "")]
    [InlineData("""[{"type":"New","x":[1,{}]},{}]""", """[{"type":"New","x":[1,{}]},{}]""")]
    [InlineData("""{"type": "ExternalId","id":"7"}""", """[{"type": "ExternalId","id":"7"}]""")]
    public void Metadata_is_a_list_of_untouched_elements_even_of_one(string value, string expected)
    {
        var (envelope, error) = Read($$"""{"metadata":{{value}},"id":1,"type":"t","body":[2]}""");

        Assert.Null(error);
        Assert.Equal(("1", "t", "[2]", "", expected), envelope);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("[{},null]")]
    [InlineData("[[{}]]")]
    public void Other_metadata_is_refused_and_the_id_kept(string value)
    {
        var (envelope, error) = Read($$"""{"metadata":{{value}},"id":1,"type":"t","body":[2]}""");

        Assert.Equal(("metadata must be a list of objects", "1", "[2]"), (error, envelope.Id, envelope.Body));
    }

    [Theory]
    [InlineData("null", "", null)]
    [InlineData("\"a\\\"b\"", "\"a\\\"b\"", null)]
    [InlineData("7", null, "encodedMetadata must be text")]
    [InlineData("[\"x\"]", null, "encodedMetadata must be text")]
    public void Encoded_metadata_is_text(string value, string? expected, string? refusal)
    {
        var isValid = RequestEnvelope.TryRead(Encoding.UTF8.GetBytes($$"""{"encodedMetadata":{{value}},"id":1,"type":"t"}"""), out var envelope, out var error);

        Assert.Equal(refusal, isValid ? null : error);
        if (isValid) Assert.Equal(expected, Text(envelope.EncodedMetadata));
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"id\"", "\"id\"")]
    [InlineData("[]", "[]")]
    [InlineData("false", "false")]
    public void A_body_may_be_of_any_kind_and_null_is_none(string body, string expected) =>
        Assert.Equal(expected, Read($$"""{"id":1,"type":"t","body":{{body}}}""").Envelope.Body);

    [Theory]
    [InlineData("{\"id\":\"\",\"type\":\"t\"}", "id is missing or longer than 64 characters")]
    [InlineData("{\"id\":1}", "type is missing")]
    [InlineData("{\"id\":1,\"type\":7}", "type is missing")]
    [InlineData("[1]", "Not a JSON object")]
    [InlineData("{\"id\":1,", "Malformed JSON")]
    [InlineData("", "Malformed JSON")]
    [InlineData("{\"id\":1,\"type\":\"t\"} {}", "Malformed JSON")]
    [InlineData("{\"id\":1,\"type\":\"\\ud800\"}", "A string holds half a surrogate pair")]
    public void A_refusal_says_what_is_wrong(string frame, string expected) => Assert.Equal(expected, Read(frame).Error);

    [Fact]
    public void The_last_of_repeated_members_counts()
    {
        var (envelope, _) = Read("""{"id":1,"id":2,"type":"a","type":"b"}""");

        Assert.Equal(("2", "b"), (envelope.Id, envelope.Type));
    }

    [Fact]
    public void An_id_before_the_fault_is_kept() => Assert.Equal("7", Read("{\"id\":7,\"type\":").Envelope.Id);

    private static ((string Id, string Type, string Body, string Headers, string Metadata) Envelope, string? Error) Read(string frame)
    {
        var isValid = RequestEnvelope.TryRead(Encoding.UTF8.GetBytes(frame), out var envelope, out var error);
        return ((Text(envelope.Id), Text(envelope.Type), Text(envelope.Body), Text(envelope.Headers), Text(envelope.Metadata)), isValid ? null : error);
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
