# The program of "利用Keras搭建神经网络模型", 4.1-4.4

from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(64, activation='relu', input_dim=100))
model.add(Dense(10, activation='softmax'))
model.compile(optimizer='rmsprop',
              loss='categorical_crossentropy',
              metrics=['accuracy'])

# Added: the article trains on data that it does not make; a rule that can be learned.
import numpy as np
X_train, X_test = np.random.rand(1000, 100), np.random.rand(200, 100)
y_train, y_test = (np.eye(10)[x[:, :10].argmax(axis=1)] for x in (X_train, X_test))
sequential = model
sequential.fit(X_train, y_train, epochs=10, batch_size=32, verbose=0)

from keras.models import Model
from keras.layers import Input, Dense

# 定义输入层
inputs = Input(shape=(100,))

# 添加隐藏层和输出层
x = Dense(64, activation='relu')(inputs)
predictions = Dense(10, activation='softmax')(x)

# 构建模型
model = Model(inputs=inputs, outputs=predictions)
model.compile(optimizer='rmsprop',
              loss='categorical_crossentropy',
              metrics=['accuracy'])

# 模型训练
model.fit(X_train, y_train,
          epochs=10,
          batch_size=32)

# 模型评估
loss, accuracy = model.evaluate(X_test, y_test)
print('Test loss:', loss)
print('Test accuracy:', accuracy)

model.save('my_model.h5')

model.save_weights('my_model_weights.h5')

from keras.models import load_model

# 加载整个模型
model = load_model('my_model.h5')

# 加载权重到现有模型
model.load_weights('my_model_weights.h5')
