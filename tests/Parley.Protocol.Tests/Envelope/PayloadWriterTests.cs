using System.Text;
using System.Text.Json;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;

namespace Parley.Protocol.Tests.Envelope;

public sealed class PayloadWriterTests
{
    public static TheoryData<string> Texts =>
    [
        "", "plain", "it's \"quoted\"", "back\\slash", "line\nbreak\t\u0000\u001f", "<script>&amp;</script>", "日本 é \ud83d\ude00", "\u2028\u2029", new string('x', 10_000), new string('"', 3_000),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_comes_back_from_its_quoted_form(string text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>(new PayloadWriter().Quoted(text).Payload));

    [Fact]
    public void A_text_that_is_half_a_surrogate_pair_is_still_written_as_valid_json() =>
        Assert.Equal("x\ufffd", JsonSerializer.Deserialize<string>(new PayloadWriter().Quoted("x\ud800").Payload));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_number_is_written_whole(long number) =>
        Assert.Equal($"{number}", Encoding.UTF8.GetString(new PayloadWriter().Number(number).Payload));

    [Fact]
    public void Resetting_starts_anew_behind_the_headroom()
    {
        var writer = new PayloadWriter().Raw("first"u8);

        writer.Reset().Raw("second");

        Assert.Equal("second", Encoding.UTF8.GetString(writer.Payload));
        Assert.Equal(PayloadWriter.Headroom + 6, writer.WithHeadroom.Length);
    }

    [Fact]
    public void Every_code_has_a_row_and_its_refusal_a_title_and_an_error_code()
    {
        foreach (var code in Enum.GetValues<WireCode>())
        {
            using var answer = JsonDocument.Parse(Answers.Error(new PayloadWriter(), "5"u8, code, "why \"this\"").Payload.ToArray());
            var body = answer.RootElement.GetProperty("body");
            Assert.Equal("5", answer.RootElement.GetProperty("reqId").GetString());
            Assert.Equal((int)code, answer.RootElement.GetProperty("code").GetInt32());
            Assert.Equal(WireCodes.Find(code).Title, body.GetProperty("title").GetString());
            Assert.Equal("why \"this\"", body.GetProperty("details").GetString());
            Assert.Equal((int)code * 100, body.GetProperty("errorCode").GetInt32());
        }
    }
}
