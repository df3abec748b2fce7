using System.Text;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Protocol.Tests.Requests;

public sealed class RichContentTests
{
    [Theory]
    [InlineData("""{"type":"vertical","elements":[]}""")]
    [InlineData("""{"elements":[{"type":"horizontal","elements":[{"text":"x","type":"text"}]}],"type":"carousel","padding":10}""")]
    [InlineData("""{"type":"text","text":"","tooltip":7,"style":{"bold":"yes"},"click":null}""")]
    [InlineData("""{"type":"image","url":"https://example.test/a.png","caption":"A"}""")]
    [InlineData("""{"type":"button","title":"Go","click":{"actions":[{"type":"link","uri":"https://example.test"},{"type":"navigate","la":1,"lo":"-2.5","name":"Here"},{"text":"x","type":"publishText"}],"metadata":{"any":"thing"}}}""")]
    [InlineData("""{"type":"button","title":"Go","click":{"actions":[{"type":"newAction","uri":7}]}}""")]
    [InlineData("""{"type":"map","la":1.5,"lo":2e1}""")]
    [InlineData("""{"type":"linkPreview","url":"https://example.test"}""")]
    [InlineData("""{"type":"template","templateType":"quickReply","title":"Which?","resp":["a","b"]}""")]
    [InlineData("""{"type":"newElement","elements":"none","title":{},"click":[1],"la":"x"}""")]
    [InlineData("""{"type":"vertical","elements":[{"type":"sectionList","elements":[7]}]}""")]
    public void What_is_right_or_unknown_passes(string tree) => Assert.Null(FaultOfCard(tree));

    [Theory]
    [InlineData("7", " must be an object")]
    [InlineData("{}", ".type is missing")]
    [InlineData("""{"type":7}""", ".type is missing")]
    [InlineData("""{"type":"vertical"}""", ".elements is missing")]
    [InlineData("""{"type":"vertical","elements":{"type":"text","text":"x"}}""", ".elements must be a list")]
    [InlineData("""{"type":"vertical","elements":[{"type":"text","text":"x"},"x"]}""", ".elements[1] must be an object")]
    [InlineData("""{"type":"vertical","elements":[{"type":"carousel","elements":[{"type":"text"}]}]}""", ".elements[0].elements[0].text is missing")]
    [InlineData("""{"type":"text","text":{}}""", ".text must be text")]
    [InlineData("""{"type":"image","caption":"x","uri":"https://example.test"}""", ".url is missing")]
    [InlineData("""{"type":"image","url":"u","caption":7}""", ".caption must be text")]
    [InlineData("""{"type":"button","title":null}""", ".title is missing")]
    [InlineData("""{"type":"map","la":1}""", ".lo is missing")]
    [InlineData("""{"type":"map","la":"north","lo":1}""", ".la must be a number")]
    [InlineData("""{"type":"linkPreview","title":"x"}""", ".url is missing")]
    [InlineData("""{"type":"template","title":"x","resp":["a"]}""", ".templateType is missing")]
    [InlineData("""{"type":"template","templateType":"quickReply","title":"x","resp":[]}""", ".resp is empty")]
    [InlineData("""{"type":"template","templateType":"quickReply","title":"x","resp":["a",1]}""", ".resp[1] must be text")]
    [InlineData("""{"type":"template","templateType":"quickReply","title":"x","resp":"a"}""", ".resp must be a list")]
    [InlineData("""{"type":"button","title":"x","click":"x"}""", ".click must be an object")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":{}}}""", ".click.actions must be a list")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[{"type":"link"}]}}""", ".click.actions[0].uri is missing")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[{"type":"navigate","la":1,"lo":true}]}}""", ".click.actions[0].lo must be a number")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[{"type":"publishText"}]}}""", ".click.actions[0].text is missing")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[{}]}}""", ".click.actions[0].type is missing")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[7]}}""", ".click.actions[0] must be an object")]
    [InlineData("""{"type":"button","title":"x","click":{"actions":[{"type":"a"},{"type":"a"},{"type":"a"},{"type":"a"},{"type":"a"}]}}""", ".click.actions has more than 4 items")]
    public void What_clients_would_stumble_over_is_named_by_its_path(string tree, string fault) => Assert.Equal("event.content" + fault, FaultOfCard(tree));

    [Theory]
    [InlineData("text", "text", 5000)]
    [InlineData("button", "title", 128)]
    [InlineData("image", "url", 2048)]
    [InlineData("linkPreview", "url", 2048)]
    public void The_longest_allowed_passes_and_one_character_more_does_not(string type, string member, int longest)
    {
        foreach (var character in (string[])["x", "é", "\\u00e9", "\\n", "日"])
        {
            Assert.Null(FaultOfCard(Element(longest)));
            Assert.Equal($"event.content.{member} is longer than {longest} characters", FaultOfCard(Element(longest + 1)));

            string Element(int length) => $$"""{"type":"{{type}}","{{member}}":"{{string.Concat(Enumerable.Repeat(character, length))}}"}""";
        }
    }

    [Theory]
    [InlineData("caption", 128)]
    [InlineData("title", 5000)]
    [InlineData("resp", 128)]
    public void Other_texts_have_their_limits_too(string member, int longest)
    {
        Assert.Null(FaultOfCard(Element(longest)));
        Assert.EndsWith($"is longer than {longest} characters", FaultOfCard(Element(longest + 1)));

        string Element(int length) => member switch
        {
            "caption" => $$"""{"type":"image","url":"u","caption":"{{new string('x', length)}}"}""",
            "title" => $$"""{"type":"template","templateType":"quickReply","resp":["a"],"title":"{{new string('x', length)}}"}""",
            _ => $$"""{"type":"template","templateType":"quickReply","title":"t","resp":["a","{{new string('x', length)}}"]}""",
        };
    }

    [Fact]
    public void Elements_are_nested_so_deep_and_no_deeper()
    {
        Assert.Null(FaultOfCard(Nested(RichContent.Deepest)));
        Assert.EndsWith("[0] is nested too deeply", FaultOfCard(Nested(RichContent.Deepest + 1)));

        static string Nested(int levels) => levels == 1 ? """{"type":"text","text":"x"}""" : $$"""{"type":"vertical","elements":[{{Nested(levels - 1)}}]}""";
    }

    [Theory]
    [InlineData("""{"type":"quickReplies","itemsPerRow":4,"replies":[{"type":"button","title":"Blue","tooltip":"Blue","click":{"actions":[{"type":"publishText","text":"blue"}],"metadata":[{"type":"ExternalId","id":"c"}]}}]}""", null)]
    [InlineData("""{"replies":[],"itemsPerRow":"8"}""", null)]
    [InlineData("""{"type":"newReplies","replies":7}""", null)]
    [InlineData("[]", " must be an object")]
    [InlineData("{}", ".replies is missing")]
    [InlineData("""{"type":"quickReplies","replies":{}}""", ".replies must be a list")]
    [InlineData("""{"replies":[{"type":"button","title":"a"},{"type":"button"}]}""", ".replies[1].title is missing")]
    [InlineData("""{"replies":[],"itemsPerRow":"many"}""", ".itemsPerRow must be a number")]
    public void Quick_replies_are_checked_likewise(string json, string? fault) =>
        Assert.Equal(fault is null ? null : "q" + fault, RichContent.FaultOfQuickReplies(Encoding.UTF8.GetBytes(json), "q"));

    // Whatever a client sends, the check answers: with null, or with words that begin where it looked.
    [Fact]
    public void Any_json_is_judged_without_a_fault_of_ours()
    {
        var random = new Random(17);
        string[] names = ["type", "elements", "text", "title", "url", "uri", "caption", "la", "lo", "resp", "templateType", "click", "actions", "replies", "itemsPerRow", "x", "t\\u0079pe"];
        string[] types = ["vertical", "horizontal", "carousel", "text", "image", "button", "map", "linkPreview", "template", "publishText", "navigate", "link", "quickReplies", "new"];
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var json = Value(0);
            var utf8 = Encoding.UTF8.GetBytes(json);
            var card = RichContent.FaultOfCard(utf8, "card");
            var replies = RichContent.FaultOfQuickReplies(utf8, "replies");
            Assert.True(card is null || card.StartsWith("card", StringComparison.Ordinal), card);
            Assert.True(replies is null || replies.StartsWith("replies", StringComparison.Ordinal), replies);
            if (card is not null) refused++;

            // Broken anywhere, the frame is refused by the envelope or judged like any other.
            var frame = Encoding.UTF8.GetBytes($$$"""{"id":1,"type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"RichContentEvent","content":{{{json}}},"quickReplies":{{{json}}} } } }""");
            for (var n = random.Next(3); n > 0; n--) Break(frame);
            if (RequestEnvelope.TryRead(frame, out var envelope, out _)) PublishEventRequest.TryRead(envelope.Body, 8000, out _, out _);
        }

        Assert.InRange(refused, 1_000, 19_999);

        string Value(int depth) => random.Next(depth > 5 ? 7 : 10) switch
        {
            0 => "null",
            1 => random.Next(2) == 0 ? "true" : "false",
            2 => $"{random.Next(-5, 5)}.5e{random.Next(400)}",
            3 or 4 => $"\"{types[random.Next(types.Length)]}\"",
            5 => "\"\\u00e9\\n\\\\ \\ud83d\\ude00 日\"",
            6 => "\"1.5\"",
            7 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Member(depth)))}}}",
        };

        // Sockets take valid UTF-8 only.
        void Break(byte[] frame)
        {
            var at = random.Next(frame.Length);
            if (char.IsAscii((char)frame[at])) frame[at] = (byte)random.Next(32, 127);
        }

        string Member(int depth)
        {
            var name = names[random.Next(names.Length)];
            return $"\"{name}\":{(name == "type" && random.Next(4) > 0 ? $"\"{types[random.Next(types.Length)]}\"" : Value(depth + 1))}";
        }
    }

    private static string? FaultOfCard(string tree) => RichContent.FaultOfCard(Encoding.UTF8.GetBytes(tree), "event.content");
}
