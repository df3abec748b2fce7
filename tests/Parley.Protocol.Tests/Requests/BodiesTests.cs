using System.Text;
using System.Text.Json;
using Parley.Protocol.Requests;

namespace Parley.Protocol.Tests.Requests;

/// <summary>The bodies of requests other than a publish, in the forms that clients send.</summary>
public sealed class BodiesTests
{
    [Theory]
    [InlineData("7", "7", 7L)]
    [InlineData("\"7\"", "7", 7L)]
    [InlineData("-1", "-1", -1L)]
    [InlineData("1e3", "1e3", 1000L)]
    [InlineData("1.9", "1.9", 1L)]
    [InlineData("1e300", "1e300", null)]
    [InlineData("\"x\"", "x", null)]
    [InlineData("true", null, null)]
    [InlineData("null", null, null)]
    [InlineData("{}", null, null)]
    public void Numbers_and_texts_stand_for_each_other(string json, string? text, long? integer)
    {
        var value = Parse($$"""{"v":{{json}}}""").Member("v");

        Assert.Equal((text, integer), (value.Text(), value.Integer()));
    }

    [Theory]
    [InlineData("""{"conversationId":"c","conversationField":{"field":"ConversationStateField","conversationState":"CLOSE"}}""", null)]
    [InlineData("""{"conversationId":7,"conversationField":[{"field":"Stage"},{"field":"Skill"}]}""", null)]
    [InlineData("""{"conversationField":{"field":"Stage"}}""", "conversationId is missing")]
    [InlineData("""{"conversationId":"c"}""", "conversationField is missing")]
    [InlineData("""{"conversationId":"c","conversationField":[]}""", "conversationField is missing")]
    [InlineData("""{"conversationId":"c","conversationField":[{}]}""", "conversationField.field is missing")]
    [InlineData("""{"conversationId":"c","conversationField":"Stage"}""", "conversationField.field is missing")]
    [InlineData("""{"conversationId":"c","conversationField":[{"field":"Stage"},7]}""", "conversationField.field is missing")]
    [InlineData("""{"conversationId":"c","eventId":"","conversationField":{"field":"Stage"}}""", "eventId must have 1 to 64 characters")]
    [InlineData("\"text\"", "body must be an object")]
    public void A_change_of_fields_is_read_in_all_its_forms(string body, string? expected) =>
        Assert.Equal(expected, UpdateConversationFieldRequest.TryRead(Parse(body), out _, out var error) ? null : error);

    [Fact]
    public void A_single_field_and_a_list_of_one_are_the_same()
    {
        UpdateConversationFieldRequest.TryRead(Parse("""{"conversationId":7,"conversationField":{"field":"Stage"}}"""), out var single, out _);
        UpdateConversationFieldRequest.TryRead(Parse("""{"conversationId":"7","conversationField":[{"field":"Stage"}]}"""), out var list, out _);

        Assert.Equal(("7", "Stage"), (single.ConversationId, Assert.Single(single.Fields).Member("field").Text()));
        Assert.Equal(("7", "Stage"), (list.ConversationId, Assert.Single(list.Fields).Member("field").Text()));
    }

    [Fact]
    public void No_request_changes_more_fields_than_make_sense()
    {
        var fields = string.Join(',', Enumerable.Repeat("""{"field":"Stage"}""", 33));

        Assert.False(UpdateConversationFieldRequest.TryRead(Parse($$"""{"conversationId":"c","conversationField":[{{fields}}]}"""), out _, out var error));
        Assert.Equal("conversationField has more than 32 elements", error);
    }

    [Theory]
    [InlineData("{}", 0, long.MaxValue, 10_000)]
    [InlineData("\"newerThanSequence\":-1", 0, long.MaxValue, 10_000)]
    [InlineData("\"newerThanSequence\":0", 0, long.MaxValue, 10_000)]
    [InlineData("\"newerThanSequence\":\"1\"", 2, long.MaxValue, 10_000)]
    [InlineData("\"fromSeq\":4,\"newerThanSequence\":1", 4, long.MaxValue, 10_000)]
    [InlineData("\"fromSeq\":-4,\"olderThanSequence\":9", 0, 9, 10_000)]
    [InlineData("\"maxQuantity\":5", 0, long.MaxValue, 5)]
    [InlineData("\"maxQuantity\":0", 0, long.MaxValue, 10_000)]
    [InlineData("\"maxQuantity\":99999999", 0, long.MaxValue, 10_000)]
    public void A_query_has_bounds_and_a_limit(string members, long from, long before, int limit)
    {
        var body = Parse(members == "{}" ? """{"dialogId":"d"}""" : $$"""{"dialogId":"d",{{members}}}""");

        Assert.True(QueryMessagesRequest.TryRead(new BodyMembers(body), out var request, out _));

        Assert.Equal(new QueryMessagesRequest("d", from, before, limit), request);
    }

    [Theory]
    [InlineData("""{"dialogId":"d"}""", 0, null)]
    [InlineData("""{"dialogId":"d","fromSeq":"12"}""", 12, null)]
    [InlineData("""{"dialogId":"d","fromSeq":-1}""", 0, null)]
    [InlineData("""{"dialogId":"d","fromSeq":"x"}""", 0, "fromSeq must be an integer")]
    [InlineData("""{"fromSeq":1}""", 1, "dialogId is missing")]
    public void A_subscription_begins_at_a_number(string body, long from, string? expected)
    {
        var isValid = SubscribeMessagingEventsRequest.TryRead(new BodyMembers(Parse(body)), out var request, out var error);

        Assert.Equal((from, expected), (request.FromSequence, isValid ? null : error));
    }

    [Fact]
    public void A_list_filter_takes_single_values_for_lists_and_texts_for_numbers()
    {
        var filter = ListFilter.Read(new BodyMembers(Parse("""{"convState":"OPEN","stage":["OPEN","CLOSE"],"agentIds":[],"consumerId":7,"minLastUpdatedTime":"5","maxETTR":9}""")));

        Assert.Equal(["OPEN"], filter.States);
        Assert.Equal(["OPEN", "CLOSE"], filter.Stages);
        Assert.Equal((null, "7", 5L, null, 9L), (filter.AgentIds, filter.ConsumerId, filter.MinLastUpdatedTime, filter.MaxLastUpdatedTime, filter.MaxEttr));
    }

    [Theory]
    [InlineData("""{"convState":{}}""", "convState must be a list of texts")]
    [InlineData("""{"agentIds":["a",[]]}""", "agentIds must be a list of texts")]
    [InlineData("""{"minLastUpdatedTime":"yesterday"}""", "minLastUpdatedTime must be an integer")]
    [InlineData("\"text\"", "body must be an object")]
    [InlineData("[{}]", "body must be an object")]
    [InlineData("[]", null)]
    public void A_filter_that_cannot_be_read_is_not_taken_for_none(string body, string? fault)
    {
        var members = new BodyMembers(Parse(body));
        ListFilter.Read(members);

        Assert.Equal(fault, members.Fault);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("""{"skillId":-1,"ttrDefName":null}""", null, null)]
    [InlineData("""{"skillId":"-1"}""", null, null)]
    [InlineData("""{"skillId":17}""", "17", null)]
    [InlineData("\"text\"", null, "body must be an object")]
    [InlineData("""{"eventId":""}""", null, "eventId must have 1 to 64 characters")]
    public void A_conversation_may_be_asked_for_with_next_to_nothing(string body, string? skill, string? expected)
    {
        var isValid = OpenConversationRequest.TryRead(new BodyMembers(Parse(body)), out var request, out var error);

        Assert.Equal((skill, expected), (request.SkillId, isValid ? null : error));
    }

    private static JsonElement Parse(string json) => Lenient.Parse(Encoding.UTF8.GetBytes(json));
}
