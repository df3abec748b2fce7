using System.Runtime.CompilerServices;

namespace Parley.Client;

/// <summary>Awaited, it continues behind all that waits for the thread pool; <see cref="Task.Yield"/> would stay before it, on its own thread's queue.</summary>
internal readonly struct NextTurn : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public NextTurn GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static next => next(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
}
