/**
 * Built-ins as libraries of before 2010 left them: functions of their own under names that the language has since given a meaning,
 * and more names on arrays, which a loop over keys sees.
 */
(function () {
  function toArray(from) {
    if (!from) return [];
    if (from.toArray) return from.toArray();
    var all = [];
    for (var i = 0; i < (from.length || 0); i++) all.push(from[i]);
    return all;
  }
  var own = {
    each: function (act) {
      for (var i = 0; i < this.length; i++) act(this[i], i);
      return this;
    },
    toArray: function () {
      return this.slice(0);
    },
    entries: function () {
      return this.slice(0);
    },
    reduce: function () {
      return this.length > 1 ? this : this[0];
    },
    find: function (test, context) {
      for (var i = 0; i < this.length; i++) if (test.call(context, this[i], i)) return this[i];
    },
    first: function () {
      return this[0];
    },
    last: function () {
      return this[this.length - 1];
    },
    flatten: function () {
      return [].concat.apply([], this);
    },
    toJSON: function () {
      return '[' + this.map(Object.toJSON).join(', ') + ']';
    },
  };
  for (var name in own) Array.prototype[name] = own[name];
  String.prototype.toJSON = function () {
    return '"' + this + '"';
  };
  Array.from = toArray;
  Object.toJSON = function (value) {
    return value && value.toJSON ? value.toJSON() : String(value);
  };
  Object.keys = function (object) {
    var all = [];
    for (var key in object) all.push(key);
    return all;
  };
  Function.prototype.bind = function (context) {
    var act = this;
    var first = toArray(arguments).slice(1);
    return function () {
      return act.apply(context, first.concat(toArray(arguments)));
    };
  };
  String.prototype.startsWith = function (start) {
    return this.indexOf(start) === 0;
  };
  var platform = window.Element;
  window.Element = function (tag) {
    return document.createElement(tag);
  };
  window.Element.prototype = platform.prototype;
})();
